package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/rulebook"
	"kezhi/rulebooks"
)

func (c *command) coverageCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "coverage", Short: t("逐部制度列出已实现、未实现和仅为建议的条款", "Per regulation: clauses carried out, not yet, and advice only"), Args: cobra.NoArgs,
		Long: t("由条款的出处推算：目录条款 → 引用它的条款 → 执行它的部分 → 走到它的样例或指名的测试。没有样例或测试走到的不算。看的是随附制度和 --rulebooks 目录里的制度；给出 --data 或 --db 时看其中登记的制度。",
			"Worked out from the trace: clause of the catalogue → clause that names it as its source → what carries it out → a case or a named test that exercises that. Without one it does not count. It looks at the shipped rulebooks and those below --rulebooks; with --data or --db at those registered there."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cover, err := c.coverage(cmd.Context())
			if err != nil {
				return err
			}
			if c.json {
				return c.printJSON(cover)
			}
			c.printCoverage(cover)
			return nil
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) coverage(ctx context.Context) (cover rulebook.Coverage, err error) {
	if c.data != "" || c.db != "" {
		err = c.withApp(ctx, func(ctx context.Context, a *app.App) error {
			cover, err = a.Rulebooks.Coverage(ctx)
			return err
		})
		return cover, err
	}
	catalogue, err := rulebooks.Catalogue()
	if err != nil {
		return cover, err
	}
	books, err := c.editions()
	if err != nil {
		return cover, err
	}
	return rulebook.CoverageOf(catalogue, books), nil
}

func (c *command) printCoverage(cover rulebook.Coverage) {
	t := c.lang.pick
	c.print("%-8s %-28s %6s %8s %8s %8s", t("编号", "id"), t("制度", "rulebook"), t("条款", "all"), t("已实现", "done"), t("未实现", "not yet"), t("建议", "advice"))
	for _, r := range cover.Regulations {
		c.print("%-8s %-28s %6d %8d %8d %8d", r.ID, r.Rulebook, r.Clauses, r.Implemented, len(r.Missing), r.Advice)
	}
	c.print("%-8s %-28s %6d %8d %8d %8d", "", t("合计", "total"), cover.Clauses, cover.Implemented, cover.Missing, cover.Advice)
}
