/// What sites say below a text to be safe: 本文系转载，版权归原作者所有，如有侵权请与本站联系。
enum Disclaimer {
    private static let words = WordTrie(
        words:
            "原创文章 原文出处 本声明 未经授权 违者将依法 版权均属 音视频资料 本站部分信息 本稿件 合法性 不得转载 保证责任 版权 转载 本站 本网 侵权 删除 不代表 原作者 立场 真实性 自媒体 仅供参考 责任自负 信息存储 与我们联系 告知 用户上传 网友上传 来源于网络 来源网络 传递更多信息 本平台 举报 网易号 搜狐号 头条号 免责 注明出处"
    )

    /// Whether a line is one: several of these words, and dense.
    static func isLikely(_ text: Scalars) -> Bool {
        guard (16...600).contains(text.count) else { return false }
        let hits = words.count(in: text, 0..<text.count)
        return hits >= 3 && hits * 45 >= text.count
    }
}
