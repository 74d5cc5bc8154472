package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
)

// judgeOutcome is what programs read; the names of its members are a contract.
type judgeOutcome struct {
	Rulebook  string `json:"rulebook"`
	Set       int64  `json:"set"`
	Unchanged int64  `json:"unchanged"`
}

func (c *command) judgeCmd() *cobra.Command {
	t := c.lang.pick
	var book string
	cmd := &cobra.Command{
		Use: "judge FILE --rulebook ID", Short: t("导入人工判定的取值（CSV、XLSX）", "Import what people have judged (CSV, XLSX)"), Args: cobra.ExactArgs(1),
		Long: t("表头为 客户、判定项、取值，可另有 备注、起始日（英文 customer,item,value,note,from）。有一行不对就什么都不写入；同一文件导入两次不会重复。取值为空表示撤回。",
			"The headers are customer, item, value and, where wanted, note and from. One wrong row and nothing is written; the same file twice changes nothing. An empty value takes back what was given."),
		Example: "  kezhi judge judged.xlsx --rulebook dealer-annual-grading",
		RunE: func(cmd *cobra.Command, args []string) error {
			if book == "" {
				return c.usage("请用 --rulebook 指定制度。", "Name a rulebook with --rulebook.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				out, err := a.Gradings.JudgeFile(ctx, args[0], book)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(judgeOutcome{book, out.Set, out.Unchanged})
				}
				c.print(t("写入 %d 个判定，%d 个未变。重新评定后生效。", "%d values written, %d unchanged. They count from the next grading on."), out.Set, out.Unchanged)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&book, "rulebook", "", t("制度编号", "rulebook id"))
	c.jsonFlag(cmd)
	return cmd
}
