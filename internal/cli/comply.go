package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/compliance"
	"kezhi/internal/errs"
)

func (c *command) complyCmd() *cobra.Command {
	t := c.lang.pick
	var from, to, export string
	cmd := &cobra.Command{
		Use: "comply ID", Short: t("逐条说明制度在一段时间里执行得怎样", "How a rulebook was kept in a period, clause by clause"), Args: cobra.ExactArgs(1),
		Long: t("列出应办、按时、迟办、逾期、免除的义务，有无评定的客户，考核指标和报告。默认从今年一月一日到今天。", "Duties due, kept, late, missed and waived, customers with and without a verdict, indicators and reports. By default from the first of the year up to today."),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				q := compliance.Query{Rulebook: args[0]}
				var err error
				if q.To, err = c.date("--to", to, a); err != nil {
					return err
				}
				if q.From, err = c.date("--from", from, a); err != nil {
					return err
				}
				if from == "" {
					q.From = q.To.YearStart()
				}
				r, err := a.Compliance.Of(ctx, q)
				if err != nil {
					return err
				}
				if export != "" {
					if err := c.exportTable(export, func(w io.Writer, format string) error { return compliance.Write(w, format, string(c.lang), r) }); err != nil {
						return err
					}
				}
				if c.json {
					return c.printJSON(r)
				}
				c.printCompliance(r)
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&from, "from", "", t("第一天（默认当年一月一日）", "first day (default: the first of the year)"))
	f.StringVar(&to, "to", "", t("最后一天（默认今天）", "last day (default: today)"))
	f.StringVar(&export, "export", "", t("另存为文件，.csv 或 .xlsx", "also write a file, .csv or .xlsx"))
	c.jsonFlag(cmd)
	return cmd
}

// exportTable writes a table beside its place and moves it there when it is whole.
func (c *command) exportTable(path string, write func(w io.Writer, format string) error) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if format != "csv" && format != "xlsx" {
		return c.usage("--export 的文件名要以 .csv 或 .xlsx 结尾。", "The name given to --export must end in .csv or .xlsx.")
	}
	return writeWhole(path, func(w io.Writer) error { return write(w, format) })
}

// writeWhole writes a file that appears only when it is complete.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".kezhi-*")
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "file.not_found", "path", filepath.Dir(path))
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // nothing half done stays
	}
	return err
}

func (c *command) printCompliance(r compliance.Report) {
	t := c.lang.pick
	c.print(t("%s，%s 至 %s：应办 %d，按时 %d，迟办 %d，逾期 %d，免除 %d，待办 %d", "%s, %s to %s: %d due, %d kept, %d late, %d missed, %d waived, %d open"),
		r.Title.In(string(c.lang)), r.From, r.To, r.Duties.Due, r.Duties.Kept, r.Duties.Late, r.Duties.Missed, r.Duties.Waived, r.Duties.Open)
	for _, x := range r.Clauses {
		if x.Duties == nil && x.Verdicts == nil {
			continue
		}
		line := ""
		if d := x.Duties; d != nil {
			line = t("应办 ", "due ") + itoa(d.Due) + t("，按时 ", ", kept ") + itoa(d.Kept) + t("，迟办 ", ", late ") + itoa(d.Late) + t("，逾期 ", ", missed ") + itoa(d.Missed)
		}
		if v := x.Verdicts; v != nil {
			line += " " + t("有评定 ", "graded ") + itoa(v.Graded) + "/" + itoa(v.InScope)
		}
		c.print("  %-8s %s  %s", x.Number, x.Title.In(string(c.lang)), strings.TrimSpace(line))
	}
	for _, x := range r.Indicators {
		c.print(t("指标 %s：%s %s，目标 %s，%s", "indicator %s: %s %s, target %s, %s"), x.Title.In(string(c.lang)), x.Value, x.Unit, x.Target, x.State)
	}
	for _, x := range r.Reports {
		c.print(t("报告 %s（%s 至 %s）：%s 到期，%s", "report %s (%s to %s): due %s, %s"), x.Title.In(string(c.lang)), x.From, x.Until, x.DueOn, x.State)
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
