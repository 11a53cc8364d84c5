/// Names of people that nobody is meant by, put together by what is usual.
enum PeopleNames {
    /// The most frequent surnames first.
    private static let surnames = characters(
        """
        王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆
        汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔
        伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴
        """
    )
    private static let doubleSurnames = words("欧阳 上官 司马 诸葛 皇甫 尉迟 令狐 慕容 东方 司徒 夏侯 公孙 端木 长孙")
    private static let given = characters(
        """
        明伟华军平勇杰磊涛斌辉鹏强峰志建国文海波宏宇浩然晨曦林东洋鑫龙飞凯旭博俊良成光亮振兴永庆忠诚仁义德礼信智贤
        秀英丽芳敏静娟艳玲燕红霞梅兰竹菊琴雪云月佳欣怡雅婷倩颖慧琳洁蕾薇瑶璐萍莉君嘉子梓涵轩睿泽瀚翰墨砚秋知远若川
        承景思源安澜修哲彦昭望舒启航致和维新立群学民卫根生茂松柏青岩石泉润沛泓渊清澄湛岚峻岱嵩崇毅刚正廉敬
        """
    )
    private static let dotted: [(heads: [String], tails: [String])] = [
        (
            words("买买提 阿不都 艾尼瓦尔 古丽娜尔 阿依古丽 玉素甫 努尔江 帕尔哈提 热依汗 库尔班 迪丽努尔 艾合买提"),
            words("艾山 吐尔逊 热合曼 买买提 克里木 沙迪克 哈斯木 依明 司马义 托合提 乌斯曼 阿西木")
        ),
        (words("叶尔肯 努尔兰 赛力克 哈那提 古丽扎尔 加依娜"), words("别克 哈孜 木拉提 吐尔干 塔斯恒 阿合买提")),
    ]

    /// What a person is called.
    struct Name: Hashable, Sendable {
        /// The whole name.
        var full: String
        /// What stands before a title when somebody is spoken of a second time: 王副市长.
        var surname: String
    }

    /// A name; one in thirty has a double surname, one in fifty a dot.
    static func name(_ random: inout CorpusRandom) -> Name {
        if random.chance(2) {
            let (heads, tails) = random.pick(dotted)
            let head = random.pick(heads)
            let tail = random.pick(tails)
            return Name(full: head + "·" + tail, surname: head)
        }
        let surname = random.chance(3) ? random.pick(doubleSurnames) : random.common(surnames)
        var full = surname + random.pick(given)
        if random.chance(surname.count == 2 ? 40 : 78) { full += random.pick(given) }
        return Name(full: full, surname: surname)
    }
}
