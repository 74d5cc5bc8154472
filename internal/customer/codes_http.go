package customer

import (
	"context"
	"net/http"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/codes"
	"kezhi/internal/httpapi"
)

// CodeView is a row of a code table.
type CodeView struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	NameEN  string `json:"name_en" doc:"Pinyin of a division; our own short name of an industry"`
	Label   string `json:"label" doc:"With the names above it"`
	LabelEN string `json:"label_en" doc:"The same in English"`
	Parent  string `json:"parent" doc:"Empty at the top"`
	Level   int    `json:"level"`
	Leaf    bool   `json:"leaf" doc:"Nothing is below it"`
}

type codesIn struct {
	Parent string `query:"parent" maxLength:"10" doc:"What is directly below this code; empty = the top"`
	Q      string `query:"q" maxLength:"100" doc:"Search by name or code instead"`
}

// codeResults bounds a search in a code table.
const codeResults = 30

func registerCodes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Op{ID: "list-regions", Method: http.MethodGet, Path: "/codes/regions", Summary: "Administrative divisions of China", Tag: "Codes", Permission: authz.Self},
		func(_ context.Context, in *codesIn) (*httpapi.Body[httpapi.List[CodeView]], error) {
			list := codes.DivisionChildren(in.Parent)
			if in.Q != "" {
				list = codes.FindDivision(in.Q)
			}
			return httpapi.OkList(mapped(list[:min(len(list), 500)], divisionOf), ""), nil
		})
	httpapi.Register(api, httpapi.Op{ID: "list-industries", Method: http.MethodGet, Path: "/codes/industries", Summary: "Industries of GB/T 4754-2017", Tag: "Codes", Permission: authz.Self},
		func(_ context.Context, in *codesIn) (*httpapi.Body[httpapi.List[CodeView]], error) {
			list := codes.IndustryChildren(in.Parent)
			if in.Q != "" {
				list = codes.FindIndustry(in.Q, codeResults)
			}
			return httpapi.OkList(mapped(list, industryOf), ""), nil
		})
}

func divisionOf(d codes.Division) CodeView {
	return CodeView{d.Code, d.Name, d.English, codes.DivisionLabel(d.Code), codes.DivisionEnglish(d.Code), d.Parent, int(d.Level), len(codes.DivisionChildren(d.Code)) == 0}
}

func industryOf(row codes.Industry) CodeView {
	var names, english []string
	for _, above := range codes.IndustryPath(row.Code) {
		names, english = append(names, above.Name), append(english, above.English)
	}
	return CodeView{
		row.Code, row.Name, row.English, strings.Join(names, " / "), strings.Join(english, " / "), row.Parent, row.Level,
		len(codes.IndustryChildren(row.Code)) == 0,
	}
}
