/// Names of places that no map has, put together from the characters that names of places are made of.
enum PlaceNames {
    private static let first = characters(
        """
        云青石白龙清枫桐鹿梅柳松竹兰金银玉凤平安永新临长南北东西沙溪泉盛宁兴怀武文德仁义崇广双三九黄红碧紫曲涟澜沅澧渌
        洪汀湘淮滦沂沭潍汶颍涡淇漳滏滹桑榆槐杉楠樟荷菱芦蒲茶稻麦粟禾苍岱嵩峨岚巴渝邕黔滇闽赣皖冀鲁豫陇秦宛邓
        """
    )
    private static let second = characters(
        """
        溪渡桥河山川江湖泉原阳州城塘坪口湾港浦岭坡洲沟店庄堡关屯田林陵峰崖潭津埠集台岗垭坝堰渠井
        峪寨镶梁塬滩墩铺塔亭楼墟圩垸荡汊涧源汇芷渚岛礁屿岙坞垄畈
        """
    )
    private static let streets = words("滨江 迎宾 人民 解放 朝阳 光明 幸福 振兴 胜利 青年 府前 站前 文昌 学府 科技 湖滨 凤凰 友谊")

    /// A name of two characters, without what sort of place it is: 云溪.
    static func base(_ random: inout CorpusRandom) -> String {
        let head = random.common(first)
        let tail = random.common(second)
        return head == tail ? head + "桥" : head + tail
    }

    /// The name of a street, without 街道 or 路.
    static func street(_ random: inout CorpusRandom) -> String {
        random.chance(50) ? random.pick(streets) : base(&random)
    }
}
