import Testing

@testable import BulletinText

@Suite("HTML")
struct HTMLTextTests {
    /// A page as government sites serve it, with everything around the text that such pages have.
    static let page = """
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
        <html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
        <META NAME="SiteName" CONTENT="滨海县人民政府"><meta name="ArticleTitle" content="滨海县召开冷链食品&#32;监管会议" />
        <meta name="PubDate" content="2020-10-17 09:30"><meta name="ContentSource" content=""><meta name="Keywords">
        <meta property="og:url" content="http://www.example.gov.cn/a.html">
        <title>
          滨海县召开冷链食品监管会议_滨海县人民政府
        </title>
        <style>.a{color:red}</style><script>var a = "<p>不是正文，绝对不是正文。</p>";</script></head>
        <body>
        <div class="top"><a href="/">首页</a> | <a href="/zw">政务公开</a> | <a href="/hd">互动交流</a></div>
        <div class="nav"><ul><li><a href="/1">机构职能</a></li><li><a href="/2">政策文件</a></li><li><a href="/3">通知公告</a></li></ul></div>
        <div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/x">要闻动态</a></div>
        <div class="main"><div class="left">
          <h1>滨海县召开冷链食品监管会议</h1>
          <div class="info"><span>发布时间：2020-10-17</span>&nbsp;&nbsp;<span>来源：滨海宣传</span> <span style="display: none">浏览次数：3</span></div>
          <div class="TRS_Editor" id="zoom">
            <p>　　10月16日，滨海县召开冷链食品
        监管会议。<b>会议</b>强调，各部门要加强监管，严格落实“<a href="/t">四方责任</a>”。</p>
            <p>&nbsp;</p>
            <p>一是全面排查隐患；<br>二是严格执行制度。</p>
            <!-- <p>注释里的文字，不是正文。</p> -->
            <table><tr><th>单位</th><td>责任人</td></tr><tr><td>教育局</td><td>张三</td></tr></table>
            <p>附件：<a href="/f.doc">责任分工表.doc</a></p>
          </div>
        </div>
        <div class="right"><h3>相关新闻</h3><ul><li><a href="/4">我县召开安全生产工作会议，部署近期重点工作</a></li>
          <li><a href="/5">县领导调研食品安全工作，要求进一步压实责任</a></li></ul></div></div>
        <div class="footer">主办单位：滨海县人民政府办公室　备案号：某ICP备00000000号，版权所有，未经许可不得转载。</div>
        </body></html>
        """

    @Test("the body is found, and what surrounds it left out")
    func body() {
        let document = HTMLText.extract(Self.page)
        #expect(document.title == "滨海县召开冷链食品监管会议_滨海县人民政府")
        #expect(document.headings == ["滨海县召开冷链食品监管会议"])
        #expect(
            document.metas == [
                "sitename": "滨海县人民政府", "articletitle": "滨海县召开冷链食品 监管会议", "pubdate": "2020-10-17 09:30",
                "og:url": "http://www.example.gov.cn/a.html",
            ]
        )
        #expect(
            document.lines == [
                "滨海县召开冷链食品监管会议", "发布时间：2020-10-17\u{A0}\u{A0}来源：滨海宣传",
                "10月16日，滨海县召开冷链食品监管会议。会议强调，各部门要加强监管，严格落实“四方责任”。", "一是全面排查隐患；", "二是严格执行制度。",
                "单位 责任人", "教育局 张三", "附件：责任分工表.doc",
            ]
        )
    }

    @Test("headers in blocks of their own are kept with the body")
    func header() {
        let text = String(repeating: "会议要求，各部门要加强监管，严格落实责任，确保安全。", count: 20)
        let html = """
            <html><body><div><h2>关于加强监管的通知</h2></div><div><div>发文字号：滨政发〔2020〕12号</div></div>
            <div>欢迎您，今天是星期一</div><div><div><div><p>\(text)</p><p>\(text)</p></div></div></div>
            <div><p>版权所有：滨海县，备案号，技术支持</p></div></body></html>
            """
        let lines = HTMLText.extract(html).lines
        #expect(lines.suffix(2) == [text, text])
        #expect(lines.contains("关于加强监管的通知"))
        #expect(lines.contains("发文字号：滨政发〔2020〕12号"))
    }

    @Test(
        "broken markup gives what can be had",
        arguments: [
            "<div><p>一。<p>二。</div></div></span>三。", "<table><tr><td>一。<tr><td>二。<tr><td>三。",
            "<p>一。</p><p>二。</p>三。<a href='",
            "<p>一。<br/>二。<BR>三。", "<div>一。<div>二。</div>三。", "<pre>一。\n二。\n三。</pre>", "一。<p>二。</p>三。<!-- 四",
        ]
    )
    func broken(html: String) {
        #expect(HTMLText.extract(html).lines == ["一。", "二。", "三。"])
    }

    @Test(
        "pages without text give nothing",
        arguments: ["", "<", "<html></html>", "<html><body><script>a</script></body></html>", "<!-- a -->"]
    )
    func empty(html: String) {
        #expect(HTMLText.extract(html).lines.joined().filter { $0 != "<" } == "")
        #expect(HTMLText.extract(html).metas == [:])
    }

    @Test("entities and characters that nobody sees")
    func entities() {
        let document = HTMLText.extract("<p>&ldquo;十四五&rdquo;&#8203;规划&#65279;&#22823;&amp;A</p>")
        #expect(document.lines == ["“十四五”规划大&A"])
    }

    @Test(
        "HTML is known by its tags",
        arguments: [
            ("<!DOCTYPE html>\n<p>a", true), ("  <HTML lang=zh>", true), ("<div class=a>一</div>", true),
            ("一<br>二<br/>三", true),
            ("大洼区召开会议", false), ("<通知>各单位", false), ("a < b, b > c", false), ("用<p>表示段落", false),
            ("<<关于……的意见>>", false),
            ("", false), ("<", false), ("<p", false),
        ]
    )
    func isHTML(text: String, expected: Bool) {
        #expect(HTMLText.isHTML(text) == expected)
    }

    @Test("repair leaves entities to the parser where the text is markup")
    func repairOfMarkup() {
        #expect(TextRepair.repair("<p>A &lt; B</p><br>").text == "<p>A &lt; B</p><br>")
        #expect(TextRepair.repair("<p>區(qū)發(fā)業(yè)</p>").text == "<p>區發業</p>")
    }

    @Test(
        "hostile markup takes linear time and bounded depth",
        arguments: [
            "<div>", "<p>", "<table><tr><td>", "<a>", "<!--", "<", "&", "&amp;", "<a href=", "</p>", "<b>", "<li>",
            "<br>", "<p a=1 a=2>", "<!",
        ]
    )
    func hostile(piece: String) {
        let html = "<html><body>" + String(repeating: piece, count: 200_000 / piece.utf8.count) + "正文。"
        _ = HTMLText.extract(html)
    }
}
