package paper

import (
	"fmt"
	"strconv"
)

// fixed are the words that every form has.
type fixed struct {
	number, sign, date, blankDate, seal, formCode, version, colon string
	page                                                          func(page, of int) string
	sheet, label, value                                           string
}

func (l Lang) words() fixed {
	if l == English {
		return fixed{
			number: "No.", sign: "Signature", date: "Date", blankDate: "Date:\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0", seal: "(Seal)", formCode: "Form", version: "Version", colon: ": ",
			page:  func(page, of int) string { return fmt.Sprintf("Page %d of %d", page, of) },
			sheet: "Form", label: "Field", value: "Content",
		}
	}
	return fixed{
		number: "编号", sign: "签字", date: "日期", blankDate: "\u00A0\u00A0\u00A0\u00A0\u00A0年\u00A0\u00A0\u00A0\u00A0月\u00A0\u00A0\u00A0\u00A0日", seal: "（盖章）", formCode: "表号", version: "版本", colon: "：",
		page: func(page, of int) string {
			return "第 " + strconv.Itoa(page) + " 页  共 " + strconv.Itoa(of) + " 页"
		},
		sheet: "表单", label: "项目", value: "内容",
	}
}
