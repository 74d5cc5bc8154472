package paper

import (
	"fmt"
	"strings"
	"time"
)

// printed is the moment that the samples carry.
var printed = time.Date(2026, 3, 9, 10, 30, 0, 0, time.FixedZone("CST", 8*3600))

// samples are the forms that the golden pictures show, by the name of their files.
func samples() map[string]*Document {
	return map[string]*Document{
		"investigation-zh": investigation(),
		"record-card-zh":   recordCard(),
		"record-card-en":   recordCardEnglish(),
		"assessment-zh":    assessment(),
		"grade-zh":         gradeApproval(),
		"answer-zh":        answerChinese(),
		"answer-en":        answerEnglish(),
		"statistics-zh":    statistics(Chinese),
		"statistics-en":    statistics(English),
	}
}

func recordCard() *Document {
	return &Document{
		Lang: Chinese, Title: "投诉记录卡", Organisation: "杭州清河电器有限公司", Number: "TS-2026-0017", FormCode: "KF-01", FormVersion: "2.0", Created: printed,
		Head: []Field{{Label: "受理门店", Value: "绍兴胜利路店"}, {Label: "受理日期", Value: "2026-03-04 09:20"}},
		Body: []Block{
			Grid{Fields: []Field{
				{Label: "客户名称", Value: "绍兴市越城区永昌家电商行"},
				{Label: "联系电话", Value: "138 0000 0000"},
				{Label: "客户类别", Value: "☐ 消费者   ☑ 经销商   ☐ 其他", Wide: true},
				{Label: "投诉内容", Value: "送达的空调 12 台中有 3 台外箱破损、室外机变形。", Wide: true, Lines: 5},
				{Label: "投诉要求", Value: "☑ 换货   ☐ 退货   ☑ 赔偿   ☐ 降价   ☐ 其他", Wide: true},
				{Label: "受理人", Value: ""},
				{Label: "客户签字", Value: ""},
				{Label: "备注", Lines: 3, Wide: true},
			}},
			Code{Content: "https://kf.example.cn/t/TS-2026-0017", Text: "扫码或打开以下网址，凭案件编号和登记电话查询办理进度、补充材料、评价答复。"},
		},
	}
}

func recordCardEnglish() *Document {
	return &Document{
		Lang: English, Title: "Complaint Record Card", Subtitle: "投诉记录卡", Organisation: "Hangzhou Qinghe Electric Co., Ltd.", Number: "TS-2026-0021", FormCode: "KF-01", FormVersion: "2.0", Created: printed, Watermark: "COPY",
		Head: []Field{{Label: "Shop", Value: "Shengli Road, Shaoxing"}, {Label: "Received", Value: "2026-03-06 15:05"}},
		Body: []Block{
			Grid{Fields: []Field{
				{Label: "Customer", Value: "Mr O’Brien (Zoë’s Café)"},
				{Label: "Telephone", Value: "+86 138 0000 0000"},
				{Label: "Complaint", Value: "The installer came three hours late and left without testing the drain; water dripped onto the counter the next morning.", Wide: true, Lines: 5},
				{Label: "Demand", Value: "☐ Exchange   ☐ Return   ☑ Compensation   ☑ Repair   ☐ Other", Wide: true},
				{Label: "Received by", Value: ""},
				{Label: "Signature of the customer", Value: ""},
			}},
			Signoffs{Columns: 2, Boxes: []Signoff{{Post: "Supervisor", Opinion: "Accepted; Installation is responsible.", Name: "Zhou Jianmin", Date: "2026-03-06"}, {Post: "Customer service"}}},
			Code{Content: "https://kf.example.cn/t/TS-2026-0021", Text: "Scan the code, or type the address, to follow your case with its number and your telephone number."},
		},
	}
}

func investigation() *Document {
	return &Document{
		Lang: Chinese, Title: "投诉调查报告", Subtitle: "Complaint Investigation Report", Organisation: "杭州清河电器有限公司", Number: "TS-2026-0017",
		FormCode: "KF-03", FormVersion: "2.1", Created: printed,
		Head: []Field{{Label: "责任部门", Value: "物流部"}, {Label: "填报日期", Value: "2026-03-09"}},
		Body: []Block{
			Grid{Fields: []Field{
				{Label: "投诉客户", Value: "绍兴市越城区永昌家电商行"},
				{Label: "客户等级", Value: "A"},
				{Label: "受理日期", Value: "2026-03-04"},
				{Label: "结案期限", Value: "2026-03-11"},
				{Label: "投诉要求", Value: "☑ 换货   ☐ 退货   ☑ 赔偿损失   ☐ 降价   ☐ 其他", Wide: true},
				{Label: "投诉事由", Value: "2026 年 2 月 27 日送达的 KF-35GW 型空调 12 台中，有 3 台外箱破损，开箱后发现室外机底脚变形，无法安装；客户已当场在送货单上注明。", Wide: true},
			}},
			Heading{Text: "一、投诉经过"},
			Text{Body: "3 月 4 日上午 9 时 20 分，客户致电 400-820-0000，由客服专员林晓登记。客户称：“货到时外箱已湿透、压扁，司机说‘回去再报’，至今没有人联系。”——送货单（编号 SH-20260227-118）背面确有收货人的手写说明，与客户所述一致。\n接到投诉后，业务主管当日确认投诉成立，并指定物流部调查。"},
			Heading{Text: "二、调查结果"},
			Text{Body: "调取 2 月 26 日夜间装车录像（共 2 小时 14 分），并询问装卸组长、司机及承运商调度，查明：该批货物装车时未使用护角，且与桶装涂料混装；途中遇雨，篷布右后角未系紧（照片 4 张，见附件），雨水自该处渗入。破损的 3 台均位于车厢右后侧底层，与渗水位置吻合。"},
			Heading{Text: "三、责任认定"},
			Text{Body: "物流部未按装车规定分隔货物、未在出库前检查篷布，负主要责任（80%）；承运商未及时上报货损，负次要责任（20%）。客户签收时已注明破损，无责任。"},
			Heading{Text: "四、处理意见"},
			Text{Body: "1. 于 3 月 11 日前为客户更换室外机 3 台，运费由我公司承担；2. 就延误安装造成的损失，按销售规定给予补偿人民币 1,260.00 元；3. 向承运商追偿 252.00 元。"},
			Heading{Text: "五、客户答复"},
			Text{Body: "3 月 9 日电话答复客户，客户对更换及补偿方案表示接受，希望今后货损能在 24 小时内有人联系。书面答复另行寄出。"},
			Heading{Text: "六、防止再发生的措施"},
			Text{Body: "（1）自 3 月 15 日起，凡整车发运一律使用护角与隔板，由仓库主管在出库单上签字；（2）雨季出车前检查篷布并拍照留存；（3）司机遇货损须在 2 小时内上报，由客服中心主动联系客户。以上措施由物流部于 3 月 31 日前提交落实证明。"},
			Signoffs{Columns: 2, Boxes: []Signoff{
				{Post: "责任部门\n主管", Opinion: "情况属实，同意。", Name: "周建民", Date: "2026-03-09"},
				{Post: "行政人事部\n意见", Opinion: "责任划分恰当；请财务部同时确认补偿的支付方式。", Name: "沈洁", Date: "2026-03-09"},
				{Post: "总经理", Opinion: "", Name: "", Date: ""},
				{Post: "处理结果\n确认"},
			}},
		},
	}
}

func assessment() *Document {
	items := []string{"经营年限与信誉", "当地市场影响力", "门店面积与位置", "销售队伍", "仓储与配送能力", "资金实力", "付款及时性", "价格纪律", "区域纪律", "售后服务能力", "信息反馈", "合作意愿"}
	table := Table{
		Columns: []Column{{Title: "序号", Kind: Choice, Width: 6.5}, {Title: "评定项目", Width: 15}, {Title: "评定标准", Width: 34}, {Title: "满分", Kind: Number, Width: 7}, {Title: "得分", Kind: Number, Width: 7}, {Title: "依据", Width: 32}},
	}
	for i, item := range items {
		table.Rows = append(table.Rows, Row{Cells: []string{
			fmt.Sprint(i + 1), item,
			"优：连续两个年度没有不良记录，且在同城同行中居前三位；良：近一年没有不良记录；中：有一次不良记录但已在三十日内改正；差：有两次以上不良记录。",
			"20", fmt.Sprint(12 + i*7%9),
			[]string{"区域经理走访记录 2025-12-18；客户提供的营业执照副本、近两年纳税证明。", "系统计算（只读）：近 12 个月平均付款天数 27 天，逾期 0 次。", "2025 年度门店照片与租赁合同；现场核实面积 460㎡，位于人民中路与解放街路口东南侧，日均客流约 1,800 人次。"}[i%3],
		}})
	}
	table.Rows = append(table.Rows, Row{Cells: []string{"", "合计", "", "240", "190", ""}, Total: true})
	return &Document{
		Lang: Chinese, Title: "客户资信评估表", Organisation: "杭州清河电器有限公司", Number: "ZX-2025-E-0342", FormCode: "KF-11", FormVersion: "1.4", Created: printed,
		Head: []Field{{Label: "区域", Value: "华东"}, {Label: "评估人", Value: "区域经理 吴昊"}, {Label: "评估日期", Value: "2025-12-26"}, {Label: "客户", Value: "湖州市吴兴区鑫垚电器有限责任公司（曾用名：湖州鑫垚家电经营部）", Wide: true}},
		Body: []Block{
			table,
			Text{Body: "注：第 7、8 项由系统按业务事实计算，不得手工更改；其余各项由区域经理评分，复评时须写明理由。", Small: true},
			Signoffs{Boxes: []Signoff{{Post: "复评意见\n（营销总监）"}}},
		},
	}
}

func gradeApproval() *Document {
	return &Document{
		Lang: Chinese, Title: "客户等级评定表", Organisation: "杭州清河电器有限公司", Number: "DJ-2025-0088", FormCode: "KF-12", FormVersion: "1.4", Created: printed, Watermark: "审批中",
		Head: []Field{{Label: "评定年度", Value: "2025"}, {Label: "生效日期", Value: "2026-01-01"}},
		Body: []Block{
			Grid{Fields: []Field{
				{Label: "客户名称", Value: "宁波海曙长丰电器贸易有限公司"},
				{Label: "统一社会信用代码", Value: "91330203MA2CHXXX0K"},
				{Label: "法定代表人", Value: "陳㛃昇"},
				{Label: "负责业务员", Value: "林晓"},
				{Label: "上年度等级", Value: "B"},
				{Label: "拟评等级", Value: "A"},
				{Label: "近 12 个月销售额", Value: "人民币 6,482,310.50 元"},
				{Label: "评分", Value: "168 / 200"},
				{Label: "评定理由", Value: "销售额较上年增长 31%，居区域第 2 位；全年无逾期；配合新品上市与价格维护，表现突出。", Wide: true},
				{Label: "支持方案", Value: "信用额度由 50 万元提高到 80 万元；季度返利上浮 0.5 个百分点；优先供货；营销总监每半年走访一次。", Wide: true},
			}},
			Signoffs{Boxes: []Signoff{
				{Post: "区域经理", Opinion: "该客户符合 A 级条件，建议上调。", Name: "吴昊", Date: "2025-12-27"},
				{Post: "销售部经理", Opinion: "同意。支持方案所需费用已列入 2026 年度预算。", Name: "韩梅", Date: "2025-12-28"},
				{Post: "营销总监", Opinion: "同意上调；请区域经理一季度内走访一次。", Name: "郑一鸣", Date: "2025-12-29"},
				{Post: "总经理", Seal: true},
			}},
		},
	}
}

func answerChinese() *Document {
	return &Document{
		Lang: Chinese, Title: "关于空调货损投诉的答复", Organisation: "杭州清河电器有限公司", Number: "答复〔2026〕17 号", FormCode: "KF-05", FormVersion: "1.0", Letter: true, Created: printed,
		Body: []Block{
			Text{Body: "尊敬的绍兴市越城区永昌家电商行：\n贵行 2026 年 3 月 4 日来电反映的送货破损一事，我公司已经调查清楚。现将结果答复如下：\n经查，2 月 27 日送达的 KF-35GW 型空调 12 台中，3 台因装车时未加护角、途中篷布未系紧而受潮变形，责任在我方。对由此给贵行带来的不便，我们深表歉意。\n我公司决定：一、于 3 月 11 日前免费更换室外机 3 台，并派两名安装技师到场协助；二、补偿贵行因延误安装受到的损失人民币 1,260.00 元，随下一期货款冲减；三、今后凡整车发运一律加装护角、隔板，并由专人检查篷布，防止再次发生。\n如对以上处理有异议，请在收到本答复之日起十五日内，凭案件编号 TS-2026-0017 与登记电话，通过网页、电话（400-820-0000）或来人来函提出，我们将另行指派人员复核。感谢贵行的监督与信任！\n此致\n敬礼！"},
			Closing{Organisation: "杭州清河电器有限公司", Date: "2026 年 3 月 9 日", Seal: true},
		},
	}
}

func answerEnglish() *Document {
	return &Document{
		Lang: English, Title: "Answer to your complaint", Organisation: "Hangzhou Qinghe Electric Co., Ltd.", Number: "TS-2026-0017", FormCode: "KF-05", FormVersion: "1.0", Letter: true, Created: printed,
		Head: []Field{{Label: "Date", Value: "9 March 2026"}},
		Body: []Block{
			Text{Body: "Dear Ms Zhang,", Flush: true},
			Text{Body: "Thank you for your call of 4 March 2026 about the three damaged outdoor units (model KF-35GW). We have looked into what happened and want to tell you the outcome.\n\nThe units were loaded without corner guards, and one corner of the tarpaulin was not tied down; rain came in on the way. This was our mistake, and we apologise for the trouble it has caused you.\n\nWe will replace the three units free of charge by 11 March 2026, send two fitters to help with the installation, and credit CNY 1,260.00 against your next invoice. From 15 March every full load leaves with corner guards and a signed check of the tarpaulin.\n\nIf you do not agree with this answer, please tell us within fifteen days – by telephone (400-820-0000), in writing or on our web page – and somebody who was not involved so far will look at your case again."},
			Text{Body: "Yours sincerely,", Flush: true},
			Closing{Organisation: "Hangzhou Qinghe Electric Co., Ltd.\n杭州清河电器有限公司", Date: "9 March 2026", Seal: true},
		},
	}
}

func statistics(lang Lang) *Document {
	d := &Document{Lang: lang, Landscape: true, Created: printed, Number: "TJ-2026-02", FormCode: "KF-08", FormVersion: "1.2"}
	t := Table{}
	if lang == English {
		d.Title, d.Organisation = "Monthly Complaint Statistics", "Hangzhou Qinghe Electric Co., Ltd."
		d.Head = []Field{{Label: "Month", Value: "February 2026"}, {Label: "Submitted by", Value: "Customer Service Centre"}}
		for _, c := range []string{"Department", "Received", "Justified", "Closed in time", "Closed late", "Open", "Exchange", "Return", "Price reduction", "Compensation (CNY)", "Satisfied", "Recurring"} {
			t.Columns = append(t.Columns, Column{Title: c, Kind: Number})
		}
		t.Columns[0].Kind = Written
	} else {
		d.Title, d.Subtitle, d.Organisation = "投诉统计表", "（2026 年 2 月）", "杭州清河电器有限公司"
		d.Head = []Field{{Label: "填报部门", Value: "客户服务中心"}, {Label: "报送", Value: "总经理、行政人事部"}}
		for _, c := range []string{"责任部门", "受理件数", "成立件数", "按期结案", "逾期结案", "未结案", "换货", "退货", "降价", "赔偿金额（元）", "满意件数", "重复投诉"} {
			t.Columns = append(t.Columns, Column{Title: c, Kind: Number})
		}
		t.Columns[0].Kind = Written
	}
	zh := []string{"物流部", "生产一部", "生产二部", "质量管理部", "安装服务部", "销售一部", "销售二部", "财务部"}
	en := []string{"Logistics", "Production 1", "Production 2", "Quality", "Installation", "Sales 1", "Sales 2", "Finance"}
	for i := range zh {
		name := zh[i]
		if lang == English {
			name = en[i]
		}
		t.Rows = append(t.Rows, Row{Cells: []string{name, fmt.Sprint(20 - i), fmt.Sprint(16 - i), fmt.Sprint(14 - i), "1", "1", fmt.Sprint(6 - i%4), "2", "1", fmt.Sprintf("%d,%03d.50", 12-i, i*117%1000), fmt.Sprint(11 - i), fmt.Sprint(i % 3)}})
	}
	sum := map[Lang]string{Chinese: "合计", English: "Total"}[lang]
	t.Rows = append(t.Rows, Row{Cells: []string{sum, "132", "100", "84", "8", "8", "36", "16", "8", "70,276.00", "60", "7"}, Total: true})
	d.Body = []Block{t}
	if lang == English {
		d.Body = append(d.Body, Text{Body: "Note: a complaint counts in the month in which it was received; amounts are those paid by the last day of the month.", Small: true})
		d.Body = append(d.Body, Signoffs{Columns: 2, Boxes: []Signoff{{Post: "Prepared by", Name: "Lin Xiao", Date: "2026-03-05"}, {Post: "Received by"}}})
	} else {
		d.Body = append(d.Body, Text{Body: "注：投诉按受理日期计入当月；金额为截至月末已支付数。本表于次月十日前报送。", Small: true})
		d.Body = append(d.Body, Signoffs{Columns: 2, Boxes: []Signoff{{Post: "制表", Name: "林晓", Date: "2026-03-05"}, {Post: "签收"}}})
	}
	return d
}

// manyRows is a table long enough for many pages.
func manyRows(n int) *Document {
	t := Table{Title: "长表", Columns: []Column{{Title: "序号", Kind: Number}, {Title: "客户"}, {Title: "说明"}}}
	for i := range n {
		t.Rows = append(t.Rows, Row{Cells: []string{fmt.Sprint(i + 1), "客户" + fmt.Sprint(i), strings.Repeat("内容，", i%23)}})
	}
	return &Document{Title: "清单", Body: []Block{t}, Created: printed}
}
