package cli

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/complaint"
	"kezhi/internal/paper"
)

func (c *command) reportCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "report", Short: c.lang.pick("出具统计表", "Make statistics"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.reportComplaintsCmd())
	return cmd
}

func (c *command) reportComplaintsCmd() *cobra.Command {
	t := c.lang.pick
	var q complaint.Query
	var format, out string
	var made bool
	cmd := &cobra.Command{
		Use: "complaints", Short: t("出具一个月的投诉统计表", "Make the complaint statistics of a month"), Args: cobra.NoArgs,
		Long: t("统计当月受理的投诉：按部门、原因、严重程度、客户类型、要求、内容和渠道，列出按时、超期、未结、再次投诉和赔付。json 写到标准输出，xlsx 和 pdf 存为文件。",
			"Counts the complaints received in a month by department, cause, class, kind of customer, demand, content and channel: in time, late, open, repeated, compensation. json goes to the standard output, xlsx and pdf into a file."),
		Example: "  kezhi report complaints --month 2026-03 --data DIR --format pdf",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "json" && format != "xlsx" && format != "pdf" {
				return c.usage("--format 只能是 json、xlsx 或 pdf。", "--format must be json, xlsx or pdf.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				st, doc, err := complaintFigures(ctx, a, q, made, paper.Lang(c.lang))
				if err != nil {
					return err
				}
				if format == "json" {
					return c.printJSON(st)
				}
				write := doc.PDF
				if format == "xlsx" {
					write = doc.XLSX
				}
				path := out
				if path == "" {
					path = "complaints-" + st.Month + "." + format
				}
				if err := writeWhole(path, write); err != nil {
					return err
				}
				c.say(t("%s 的投诉统计表已写入 %s：受理 %d 件。", "Complaint statistics of %s written to %s: %d received."), st.Month, filepath.Clean(path), st.Total.Received)
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Month, "month", "", t("月份 YYYY-MM（默认上月）", "month YYYY-MM (default: last month)"))
	f.IntVar(&q.RepeatDays, "repeat-days", 0, t("多少天内算再次投诉（默认按制度，制度未规定的90天）", "within how many days a complaint counts as coming again (default: as the rulebook says, else 90)"))
	f.BoolVar(&made, "made", false, t("出具当月填报过的统计表（最新一版），而不是现在的情况", "the statistics as they were made (newest edition), not as the cases stand now"))
	f.StringVar(&format, "format", "xlsx", t("json、xlsx 或 pdf", "json, xlsx or pdf"))
	f.StringVar(&out, "output", "", t("文件（默认 complaints-月份.格式）", "file (default: complaints-MONTH.FORMAT)"))
	return cmd
}

// complaintFigures gives the statistics of a month as the cases stand, or as they were made, with the form to be signed.
func complaintFigures(ctx context.Context, a *app.App, q complaint.Query, made bool, lang paper.Lang) (*complaint.Statistics, *paper.Document, error) {
	if !made {
		st, err := a.Complaints.Month(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		return st, st.Document(lang, a.Config.Location()), nil
	}
	t, err := a.Complaints.NewestTable(ctx, q.Month)
	if err != nil {
		return nil, nil, err
	}
	return t.Figures, t.Document(lang, a.Config.Location()), nil
}
