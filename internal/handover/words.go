package handover

import "kezhi/internal/rule"

// reasonWords and kindWords are for what leaves the program: cases, papers and tables.
var reasonWords = map[string]rule.Text{
	Leaves: {Zh: "离职交接", En: "leaves"},
	Moves:  {Zh: "调岗交接", En: "moves"},
}

var kindWords = map[string]rule.Text{
	KindCustomers: {Zh: "客户", En: "Customers"},
	"duties":      {Zh: "未了义务", En: "Open duties"},
	"cases":       {Zh: "未结工单", En: "Open cases"},
	"steps":       {Zh: "待办步骤", En: "Steps at hand"},
	"visits":      {Zh: "未完成拜访", En: "Visits to come"},
	"calls":       {Zh: "待再拨电话", En: "Calls to make again"},
	"promises":    {Zh: "未兑现承诺", En: "Promises"},
	"events":      {Zh: "待举办活动", En: "Events to hold"},
}

var howWords = map[string]rule.Text{
	ByRule: {Zh: "按制度", En: "by rule"}, ByEven: {Zh: "平均分配", En: "evenly"}, ByHand: {Zh: "指定", En: "by hand"}, ByRest: {Zh: "其余", En: "rest"},
}

var stateWords = map[State]rule.Text{
	Planning: {Zh: "拟定方案", En: "Planned"}, Signing: {Zh: "签字中", En: "Being signed"}, Moving: {Zh: "移交中", En: "Moving"}, Done: {Zh: "已完成", En: "Done"},
	Dropped: {Zh: "已放弃", En: "Dropped"},
}

var toldWords = map[string]rule.Text{
	"": {Zh: "未告知", En: "Not yet"}, ToldMessage: {Zh: "已发消息", En: "By message"}, ToldPhone: {Zh: "已电话告知", En: "By phone"},
}
