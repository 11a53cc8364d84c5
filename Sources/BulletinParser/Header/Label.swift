/// What a label in a page's header announces.
enum Label: Sendable {
    /// Who published the text: 来源, 稿源.
    case source
    /// The organ that put the page up: 发布机构.
    case publisher
    /// The organ that issued the document: 发文机关.
    case issuer
    /// 发布时间, 日期.
    case published
    /// 更新时间: the publication date where there is no other.
    case updated
    /// 发文日期, 生成日期: neither quite publication nor signature; the publication date where there is no other.
    case dispatched
    /// 成文日期.
    case signed
    /// 作者.
    case author
    /// 编辑, 记者, 摄影: people who made the page.
    case byline
    /// 标题, 名称.
    case title
    /// 发文字号.
    case documentNumber
    /// 字号: a document number or a font-size widget, depending on what follows.
    case numberOrFont
    /// What belongs to the page as a machine: 字体, 浏览次数. A date behind it is the page's.
    case widget
    /// Anything else that is no part of a bulletin: 索引号, 有效期.
    case other

    /// Whether a date may stand behind the value as a stamp of the page.
    var mayPrecedeStamp: Bool {
        switch self {
        case .source, .publisher, .author, .byline, .widget: true
        case .issuer, .published, .updated, .dispatched, .signed, .title, .documentNumber, .numberOrFont, .other: false
        }
    }

    /// Every label, by what it announces; all in simplified characters, since rules run on folded text.
    static let table = WordTrie<Label>([
        (
            .source,
            """
            来源 信息来源 文章来源 新闻来源 稿件来源 稿源 内容来源 文稿来源 消息来源 来稿 来自 文章出处 出处 转载自 转自 转载 转载来源 原文来源
            供稿单位 供稿部门 发稿单位 来源渠道 选自 来源单位 来源部门 信息提供 信息提供单位 来源网站 来源于 来源媒体 文件来源 摘自 本文来源 原载 稿件来源单位 来源标题
            """
        ),
        (
            .publisher,
            """
            发布机构 发布单位 发布机关 发布部门 信息发布机构 信息发布单位 公开机构 公开单位 公开部门 公开机关 公开主体 信息公开单位 公布机关
            公布单位 发布来源 张贴单位 公告机关 发布科室 提供机关 资料提供 责任部门 责任单位 公开责任部门 公开责任单位 信息发布部门 发布主体 公示单位 公告单位 公布部门 提供单位
            """
        ),
        (
            .issuer,
            """
            发文机关 发文单位 发文机构 发文部门 制发机关 制发单位 制定机关 制定单位 颁布机关 颁布单位 颁布部门 印发机关 印发单位 制文机关
            印发部门 制发机构 颁发部门 颁发单位 颁布机构 发文者 行文单位 发文机关单位 联合发文单位 制作单位 制作机关
            """
        ),
        (
            .published,
            """
            发布时间 发布日期 发表时间 发表日期 发稿时间 发稿日期 日期 时间 信息时间 信息日期 公开日期 公开时间 公布日期 公布时间 上网时间 发布于
            上网日期 上传时间 上传日期 录入时间 录入日期 添加时间 添加日期 信息发布时间 信息发布日期 刊发日期 刊发时间 刊登时间 刊登日期 提交时间
            发文时间 创建时间 创建日期 撰写时间 出版日期 发布日 发表于 投稿时间 发布 公示时间 公告时间 公告日期 登载时间 登载日期 入库时间
            加入时间 编辑时间 采集时间 上线时间 转载时间 文章日期 文章时间 日期时间 发报时间 新闻时间 张贴日期 张贴时间 上稿日期 上版日期 公布日 公告日 发布日期时间 date posted published 信息公开日期 信息公开时间 公开发布日期 发送时间
            """
        ),
        (.updated, "更新时间 更新日期 最后更新日期 异动日期 最后异动日期 资料更新 资料更新日期 最后更新 最后更新时间 修改时间 最近更新 最后修改时间 更新于 更新"),
        (.dispatched, "发文日期 生成日期 生成时间 印发日期 印发时间 颁布日期 颁布时间 制发日期 形成日期 产生日期 信息生成日期 发文日 颁发日期 发文年月 公文日期"),
        (.signed, "成文日期 成文时间 签发日期 签署日期 落款日期 签发时间"),
        (.author, "作者 撰稿 撰稿人 撰文 文 文章作者 信息作者 作 者 稿件作者 供稿人 供稿 投稿 投稿人 撰写 通讯作者 作者单位"),
        (
            .byline,
            """
            编辑 责任编辑 责编 记者 通讯员 摄影 摄 图 审核 审核人 校对 编审 监制 初审 复审 终审 签发 签发人 编辑人 录入 录入人 录入者 录入员
            发布人 发布者 发布员 图文 文字 值班编辑 值班主任 值班总编 责任审核 本期编辑 文字编辑 网络编辑 新媒体编辑 主编 总编 编辑员 本文编辑
            上传者 审稿 审稿人 一审 二审 三审 核发 初核 审签 信息员 责任人 信息审核 实习记者 见习记者 本报记者 摄影记者 图片 供图 制图 排版 统筹
            策划 播音 编发 采写 采编 编校 校审 责任校对 美编 文图 实习编辑 见习编辑 执行主编 总监制 视频 剪辑 主管领导 拟稿 拟稿人 核稿 核稿人
            管理员 发稿人 文字审核 信息录入 报送人 上稿人 责编人 发布用户 摄像 记者团 编稿 信息编辑 审校 审读 把关 值班编委 终审人 初审人 复审人
            """
        ),
        (.title, "标题 名称 信息名称 文件名称 文章标题 公文名称 信息标题 文件标题 公文标题 题名 文件名 本文标题 正标题 中文标题 文章题目 信息题名"),
        (
            .documentNumber,
            "发文字号 文号 发文文号 公文文号 发文号 文件字号 文件文号 文件编号 公文字号 发文编号 文件号 文書号 文书号 公文号 文件字 原文号 发文字"
        ),
        (.numberOrFont, "字号"),
        (
            .widget,
            """
            浏览次数 浏览量 浏览 阅读次数 阅读量 阅读数 阅读 阅读人数 点击次数 点击率 点击量 点击 点击数 访问次数 访问量 访问 访问数
            人气 次数 字体 字体大小 字体显示 字体颜色 背景色 背景颜色 文字大小 打印 分享 分享到 保护视力色 视力保护色 视力保护 收藏 关注
            评论 评论数 下载次数 朗读 语音阅读 文章字号 字体选择 浏览数 查看 查看次数 热度 已浏览 双击自动滚屏 选择字号 阅读字体 访问人次
            浏览人次 点击人数 浏览人数 被阅览数 阅览次数 阅读人次 字数 分享至 点阅 点阅数 点阅次数 点阅率 浏览人气 字号大小 浏览热度
            扫一扫
            """
        ),
        (
            .other,
            """
            索引号 信息索引号 索引编号 索引码 索引 信息索引 主题分类 信息分类 信息类别 分类 体裁分类 服务对象 服务对象分类 主题词 关键词 关键字 有效性 效力状态 时效性
            信息状态 实施日期 实施时间 施行日期 施行时间 生效日期 生效时间 废止日期 废止时间 失效日期 失效时间 失效时间 内容概述 内容概要 内容摘要 内容简介 概述 摘要 概要 描述 导读 公开方式
            公开形式 公开范围 公开类型 公开类别 公开目录 公开程序 公开时限 公开属性 公开对象 所属栏目 栏目 所属分类 组配分类 信息编号

            标签 本文标签 文章标签 tag tags 有效期 有效期限 下载 体裁 题材分类 主题
            主题类别 文件类型 文种 公文种类 公文类别 信息类型 信息种类 文件种类 规范性文件统一编号 统一编号 统一登记号 登记号 备案号 登记编号 有效状态 文件状态 状态 是否有效
            载体类型 记录形式 公开期限 公开级别 公开权限 公文时效 文件有效性 效力级别 效力 政策咨询 咨询电话 责任科室 主送单位 抄送单位
            文章类型 类别 类型 级别 语种 大小 版次 版面 来源链接 原文链接
            目录编号 信息公开目录 信息公开类别 发布渠道 信息有效性 文件有效期 解读 政策解读 相关解读 适用地区 层级 行业 所属主题 所属机构 机构分类 主办单位网站 背景 本文地址 本文链接 原文地址
            链接地址 网址 文章编号 稿件编号 文章来源链接 专题 频道 当前位置 您的位置 位置 本文关键词 当前栏目 目前位置 所在位置 您现在的位置 您当前的位置 现在位置 您现在所在的位置 所属类别 所属行业 所属地区 事项类别 公文目录 厂商性质 期号 版名 专栏 正文 受文者 附件名称 档号 保存年限 速别 密等
            """
        ),
    ])

    /// Role words that work as labels without a colon when they stand alone between spaces: `来源:X 编辑 Y`.
    static let bare = WordTrie<Label>([
        (.byline, "编辑 责任编辑 责编 记者 通讯员 摄影 审核 校对 见习记者 本报记者 实习记者"),
        (.author, "作者"),
        (.source, "来源 信息来源 稿源"),
        (.published, "发布时间 发布日期 发表时间 发稿时间 发布于 时间 日期 信息时间 刊发日期 date"),
        (.updated, "更新时间 更新日期"),
        (
            .widget,
            "浏览次数 浏览 浏览量 阅读 阅读量 阅读次数 点击 点击数 点击量 点击次数 访问量 访问次数 字体 字号 打印 分享 分享到 评论 收藏 大 中 小 栏目 纠错 关闭 大字 正常 扫一扫 人气 已有 次"
        ),
    ])
}
