/// Knows novels by the way they tell; pages of them speak of meetings and secretaries too.
enum Fiction {
    private static let telling = WordTrie(
        words: """
            说道 问道 笑道 喝道 答道 叹道 心里 心想 心中 点了点头 点点头 笑了笑 摇了摇头 摇头 暗自 愣了一下 愣住 脸色 怎么 似乎 哪里 她 咱们 我说 看了看 瞥 皱眉 冷笑 沉声 轻声
            一愣 眼睛 眼光 目光 站起身 咳嗽 沙发 茶杯 手机响 电话里 心头 嘴角 这家伙 呵呵 哈哈 不由得 没想到 一把手 忍不住 小心翼翼 什么事
            """
    )

    /// Whether a text tells a story: several words of telling, and often.
    static func isLikely(_ document: DocumentText) -> Bool {
        var hits = 0
        var length = 0
        for line in document.paragraphs.prefix(30) {
            let bound = min(line.folded.count, 2_000)
            length += bound
            var index = 0
            while index < bound {
                if let hit = telling.match(line.folded, at: index) {
                    hits += 1
                    index = hit.end
                } else {
                    index += 1
                }
            }
            if length > 6_000 { break }
        }
        return hits >= 3 && hits * 120 > length
    }
}
