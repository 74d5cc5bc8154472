package review

import (
	"context"
	"io"
	"strconv"

	"kezhi/internal/paper"
	"kezhi/internal/rule"
	"kezhi/internal/sheet"
)

// columnKinds say how a column of a list is set; a column that is not named holds text.
var columnKinds = map[string]paper.Kind{
	"初评得分": paper.Number, "复评得分": paper.Number, "完成日期": paper.Date, "首次合作": paper.Date, "原等级": paper.Choice, "初评等级": paper.Choice, "复评等级": paper.Choice,
	"审批": paper.Choice, "最终等级": paper.Choice, "提请": paper.Choice, "暂定等级": paper.Choice,
}

// wideColumns hold running text and get the room that is left.
var wideColumns = map[string]float64{"客户名称": 2.6, "生产与服务支持计划": 4, "政策内容": 3.4, "结算方式": 3.4, "备注": 2}

// document is a list of a campaign as a form to be signed.
func (t *table) document(ctx context.Context, s *Service) (*paper.Document, error) {
	w := words{paper.Lang(t.lang)}
	house, err := houseOf(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	out := paper.Table{}
	for _, h := range t.heads() {
		width, ok := wideColumns[h.Zh]
		if !ok {
			width = 1.2
		}
		out.Columns = append(out.Columns, paper.Column{Title: w.of(h), Kind: columnKinds[h.Zh], Width: width})
	}
	err = t.each(ctx, s.db.Read(), func(cells []sheet.Cell) error {
		row := paper.Row{Cells: make([]string, len(cells))}
		for i, c := range cells {
			row.Cells[i] = c.Text
		}
		out.Rows = append(out.Rows, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	d := &paper.Document{
		Lang: w.lang, Landscape: true, Title: w.of(titles[t.list]), Subtitle: w.of(t.c.title()), Organisation: w.of(rule.Text{Zh: house.NameZh, En: house.NameEn}),
		FormCode: t.c.Rulebook, FormVersion: t.c.Version, Created: s.now().In(s.loc),
		Head: []paper.Field{
			{Label: w.word("生效日期", "Effective"), Value: t.c.EffectiveOn.String()}, {Label: w.word("客户数", "Customers"), Value: strconv.Itoa(len(out.Rows))},
		},
		Body: []paper.Block{out, paper.Signoffs{Columns: 2, Boxes: []paper.Signoff{{Post: w.word("编制", "Made by")}, {Post: w.word("审核", "Checked by"), Seal: true}}}},
	}
	switch t.c.State {
	case Withdrawn:
		d.Watermark = w.word("已撤销", "Withdrawn")
	case Closed:
	case Opening, Rating, Meeting, Closing:
		d.Watermark = w.word("未结束", "Not closed")
	}
	return d, nil
}

func (s *Service) writePDF(ctx context.Context, w io.Writer, t *table) error {
	d, err := t.document(ctx, s)
	if err != nil {
		return err
	}
	return d.PDF(w)
}
