/// Tells a person's name by its shape, for speakers that nothing else has found.
enum PersonNames {
    private static let surnames: Set<Unicode.Scalar> = Set(
        """
        赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公兰闫肖付代覃蒙岳佟冼仝佘矫鹿揭綦戢粟植邸苟缑亓隋仉
        """.unicodeScalars.filter { $0.value > 0x4E00 }
    )

    private static let compounds: Set<[Unicode.Scalar]> = Set(
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延".split(
            separator: " "
        )
        .map { Array($0.unicodeScalars) }
    )

    /// Common words that begin with a surname.
    private static let common: Set<[Unicode.Scalar]> = Set(
        """
        周密 高度 全面 全力 全程 明确 郑重 严肃 严格 和谐 平等 时间 时刻 经济 经常 成立 公开 公正 安全 安排 方面 方案 计划 项目 单位 解决 支持
        应急 应该 从严 向上 文明 满意 常态 终于 关于 连续 那么 都是 从中 项中 党组 党委 司法 路线 车间 时代 温馨 幸福 高效 金融 石油 水利 汤圆 广泛
        """.split(whereSeparator: \.isWhitespace).map { Array($0.unicodeScalars) }
    )

    /// Letters that end the title before a name.
    private static let afterTitle = Set("长记任员席理监导授士师官察事府人志委组局、)）主管队 　".unicodeScalars)

    /// The name that ends at `end`, if what stands before it is the start of the phrase or a title.
    static func name(endingAt end: Int, from start: Int, in text: [Unicode.Scalar]) -> Range<Int>? {
        // With a middle dot: 阿不都·买买提.
        if end - start >= 4, let dot = text[start..<end].lastIndex(where: { $0 == "·" || $0 == "•" || $0 == "・" }) {
            var first = dot
            while first > start, isLetter(text[first - 1]), dot - first < 6 { first -= 1 }
            if first < dot, dot + 1 < end, end - dot < 8 { return first..<end }
        }
        for length in [3, 2, 4] where end - length >= start {
            let first = end - length
            guard text[first..<end].allSatisfy(isLetter) else { continue }
            let isCompound = length > 2 && compounds.contains(Array(text[first..<first + 2]))
            guard isCompound || length < 4 && surnames.contains(text[first]) else { continue }
            if length == 2, common.contains(Array(text[first..<end])) { continue }
            guard first == start || afterTitle.contains(text[first - 1]) else { continue }
            return first..<end
        }
        return nil
    }

    /// True if `scalar` is a surname of one letter.
    static func isSurname(_ scalar: Unicode.Scalar) -> Bool { surnames.contains(scalar) }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x3400 && scalar.value <= 0x9FFF
    }
}
