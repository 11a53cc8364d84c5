/// Knows novels by the way they tell; pages of them speak of meetings and secretaries too.
enum Fiction {
    /// What only stories say.
    private static let telling = """
        说道 问道 笑道 喝道 答道 叹道 道: 心想 心中一 心里一 心头一 点了点头 点点头 笑了笑 摇了摇头 摇摇头 暗自 愣了一下 愣住 一愣 脸色 看了看他 看了她 瞥了 皱眉 皱了皱眉 冷笑 沉声 轻声 站起身 咳嗽
        轻咳 沙发 茶杯 手机响 电话里 嘴角 这家伙 呵呵 哈哈 不由得 没想到 忍不住 小心翼翼 怔了怔 叹了口气 松了口气 低着头 苦笑 微微一笑 淡淡地 淡淡的 敲了敲 拍了拍 压低声音
        """
    /// What stories say often and reports now and then.
    private static let frequent = "她 他的 心里 怎么 似乎 哪里 咱们 我说 目光 眼光 眼睛 什么事 一把手 你们 自己 那个 这个时候 知道"
    /// Both, and whether only stories say it.
    private static let phrases = WordTrie([(true, telling), (false, frequent)])

    /// Whether a text tells a story: telling words, and often.
    static func isLikely(_ document: DocumentText) -> Bool {
        if let title = document.title?.folded, isChapter(title) { return true }
        var told = 0
        var hits = 0
        var length = 0
        for line in document.paragraphs.prefix(30) {
            let bound = min(line.folded.count, 2_000)
            length += bound
            phrases.forEachMatch(in: line.folded, 0..<bound) { _, isTelling in
                if isTelling { told += 1 }
                hits += 1
                return true
            }
            if length > 6_000 { break }
        }
        return (told >= 3 || told >= 1 && hits >= 4) && hits * 120 > length
    }

    /// 第587章 常委会上的交锋, 第三回…: the headline of a chapter.
    static func isChapter(_ title: Scalars) -> Bool {
        guard title.count >= 4, title[0] == "第" else { return false }
        var index = 1
        while index < title.count, index < 9,
            title[index].isDigit || DateScanner.numeral(title[index]) != nil || title[index] == "十"
                || title[index] == "百"
                || title[index] == "千" || DateScanner.isZeroForm(title[index])
        {
            index += 1
        }
        return index > 1 && index < title.count && (title[index] == "章" || title[index] == "回" || title[index] == "卷")
    }
}
