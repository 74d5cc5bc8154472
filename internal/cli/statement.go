package cli

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/paper"
	"kezhi/internal/statement"
)

// stated is what `duties statement --json` prints.
type stated struct {
	Number  string            `json:"number"`
	Edition int               `json:"edition"`
	File    string            `json:"file"`
	Content statement.Content `json:"content"`
}

func (c *command) dutiesStatementCmd() *cobra.Command {
	t := c.lang.pick
	var code, out string
	var year int
	cmd := &cobra.Command{
		Use: "statement", Short: t("出具一位客户一年的服务情况说明", "Issue the statement of service of a customer and a year"), Args: cobra.NoArgs,
		Long: t("列出制度规定的服务（条款、日期、办理人）和拜访、电话、问候、工单、承诺，编号后存为 A4 PDF。内容没有变化时沿用原编号。",
			"Lists what the regulations owed (clause, day, who) and visits, calls, greetings, cases and promises, gives it a number and writes an A4 PDF. While nothing has changed the number stays."),
		Example: "  kezhi duties statement --customer D0001 --year 2026 --out service.pdf --data DIR",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if code == "" {
				return c.usage("请用 --customer 指明客户编号。", "Name the customer by its code with --customer.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				if year == 0 {
					year, _, _ = a.Statements.Today().Civil()
				}
				got, err := c.issueStatement(ctx, a, code, year, out)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(got)
				}
				c.print(t("%s 的 %d 年服务情况说明 %s 已写入 %s。", "Statement of service of %s for %d, %s, written to %s."), got.Content.Name, year, got.Number, filepath.Clean(got.File))
				for _, p := range got.Content.Parts {
					c.print(t("  %s：%d（全部记录 %d）", "  %s: %d (%d entries in all)"), p.Title.In(string(c.lang)), p.Rendered, len(p.Lines))
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&code, "customer", "", t("客户编号", "code of the customer"))
	f.IntVar(&year, "year", 0, t("年度（默认今年）", "year (default: the running one)"))
	f.StringVar(&out, "out", "", t("写入的文件（默认 编号.pdf）", "file to write (default: NUMBER.pdf)"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) issueStatement(ctx context.Context, a *app.App, code string, year int, out string) (stated, error) {
	found, err := a.Customers.ByCode(ctx, code)
	if err != nil {
		return stated{}, err
	}
	x, err := a.Statements.Issue(ctx, found.ID, year)
	if err != nil {
		return stated{}, err
	}
	doc, err := a.Statements.Printed(ctx, x.ID, paper.Lang(c.lang))
	if err != nil {
		return stated{}, err
	}
	if out == "" {
		out = x.Number + ".pdf"
	}
	return stated{Number: x.Number, Edition: x.Edition, File: out, Content: x.Content}, writeWhole(out, doc.PDF)
}
