#!/usr/bin/env python3
"""Makes a report of 7 KB with NUMBER for what tells it from others, and a dump of 300 of them.

    documents.py DOCUMENT DUMP
"""
import json, sys

offices = ["水利局", "应急管理局", "教育局", "卫生健康局", "交通运输局", "市场监督管理局", "商务局", "民政局", "财政局", "住建局"]
tasks = ["建立排查登记制度", "加密监测预警", "做好物资储备", "开展全覆盖检查", "落实值班值守", "完善应急预案", "加强宣传引导", "组织专题培训"]
lines = ["云溪县召开第NUMBER次防汛抗旱工作会议", "信息来源：云溪发布 日期：2023-05-12",
         "5月11日，云溪县召开防汛抗旱工作会议，传达学习上级会议精神，安排部署下一阶段工作。县委书记周砚秋主持会议并讲话，县长贺知远出席会议。"]
index = 0
while len("\n".join(lines).encode()) < 6_800:
    office, task = offices[index % len(offices)], tasks[(index * 3) % len(tasks)]
    lines.append(f"周砚秋强调，第{index + 1}项工作要压实“四方责任”，深刻认识汛期形势的复杂性和严峻性。县{office}要{task}，"
                 f"{index % 6 + 5}月底前完成；各乡镇要对照清单逐项整改，及时报告进展情况，确保人民群众生命财产安全。")
    index += 1
lines.append("各乡镇、县直各单位主要负责同志参加会议。")
text = "\n".join(lines) + "\n"
open(sys.argv[1], "w", encoding="utf-8").write(text)
with open(sys.argv[2], "w", encoding="utf-8") as dump:
    for number in range(300):
        dump.write(json.dumps({"text": text.replace("NUMBER", str(number))}, ensure_ascii=False) + "\n")
