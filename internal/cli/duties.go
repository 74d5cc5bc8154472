package cli

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/compliance"
	"kezhi/internal/duty"
	"kezhi/internal/rule"
)

func (c *command) dutiesCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "duties", Short: c.lang.pick("安排义务，查看履行情况", "Plan duties and see how they were kept"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.dutiesPlanCmd(), c.dutiesComplyCmd(), c.dutiesStatementCmd())
	return cmd
}

// planned is what `duties plan --json` prints.
type planned struct {
	Customers  int64             `json:"customers"`
	Duties     int64             `json:"duties"`
	Impossible []duty.Impossible `json:"impossible"`
	Seconds    float64           `json:"seconds"`
	Opened     int64             `json:"opened"`
	Dropped    int64             `json:"dropped"`
	Moved      int64             `json:"moved"`
	Ownerless  int64             `json:"ownerless"`
}

func (c *command) dutiesPlanCmd() *cobra.Command {
	t := c.lang.pick
	var from, to string
	var asked duty.Asked
	var dry bool
	cmd := &cobra.Command{
		Use: "plan", Short: t("按制度为客户安排一段时间的义务", "Plan what customers are owed in a period by the rulebooks in force"), Args: cobra.NoArgs,
		Long: t("为每个有等级的客户安排 --from 至 --to 到期的义务；已有的不会重复。duties 是这段时间里的义务总数，opened 是这一次新安排的，impossible 是无法安排的及其原因。",
			"Plans for every graded customer what is due from --from to --to; what exists is not planned again. duties counts what is due in the period, opened what this run added, impossible what has no day, and why."),
		Example: "  kezhi duties plan --from 2026-01-01 --to 2026-12-31 --data DIR --json\n  kezhi duties plan --dry-run --rulebook key-accounts --data DIR",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if dry {
				return c.foresee(cmd.Context(), asked, from+to)
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				first, last, err := c.period(from, to, a)
				if err == nil && from == "" { // the past is planned only for whoever asks for it
					first, err = c.date("", "", a)
				}
				if err != nil {
					return err
				}
				out, err := planAll(ctx, a, first, last)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(out)
				}
				c.print(t("%s 至 %s：%d 位客户，%d 项义务（新增 %d，撤销 %d，改期或换人 %d，无人负责 %d），用时 %.1f 秒",
					"%s to %s: %d customers, %d duties (%d new, %d dropped, %d moved or handed over, %d owed by nobody), in %.1f seconds"),
					first, last, out.Customers, out.Duties, out.Opened, out.Dropped, out.Moved, out.Ownerless, out.Seconds)
				c.impossible(out.Impossible)
				return nil
			})
		},
	}
	c.periodFlags(cmd, &from, &to, t("第一天（默认今天）", "first day (default: today)"))
	cmd.Flags().BoolVar(&dry, "dry-run", false, t("只推算 --rulebook 今后十二个月的义务和各人工作量，不保存", "only foresee what --rulebook asks for in the coming twelve months and of whom; stores nothing"))
	cmd.Flags().StringVar(&asked.Rulebook, "rulebook", "", t("推算的制度", "rulebook to foresee"))
	cmd.Flags().StringVar(&asked.Version, "version", "", t("推算的版本（默认现行版本）", "version to foresee (default: the one in force)"))
	return cmd
}

// foresee prints who would owe how much, and what is impossible.
func (c *command) foresee(ctx context.Context, asked duty.Asked, days string) error {
	t := c.lang.pick
	if asked.Rulebook == "" || days != "" {
		return c.usage("--dry-run 要用 --rulebook 指明制度，不接受 --from 和 --to。", "--dry-run needs --rulebook and takes no --from and --to.")
	}
	return c.withApp(ctx, func(ctx context.Context, a *app.App) error {
		f, err := a.Duties.Foresee(ctx, asked, func(int64) error { return nil })
		if err != nil {
			return err
		}
		if c.json {
			return c.printJSON(f)
		}
		c.print(t("%s 至 %s，%s %s：%d 位客户，%d 项义务，%d 小时；什么都没有保存", "%s to %s, %s %s: %d customers, %d duties, %d hours; nothing was stored"),
			f.From, f.To, f.Rulebook, f.Version, f.Customers, f.Duties, f.Minutes/60)
		for _, p := range f.People {
			var own, other, free int64
			for _, m := range p.Months {
				own, other, free = own+m.Minutes, other+m.OtherMinutes, free+int64(m.Days)
			}
			name := p.OwnerName
			if p.OwnerID == "" {
				name = t("无人负责", "nobody")
			}
			c.print(t("  %s：本制度 %d 小时，其他制度 %d 小时，在岗 %d 天", "  %s: %d hours by this rulebook, %d by others, %d working days"), name, own/60, other/60, free)
		}
		c.impossible(f.Impossible)
		return nil
	})
}

func (c *command) impossible(list []duty.Impossible) {
	for _, x := range list {
		c.print(c.lang.pick("  无法安排：%s 第 %s 条 %s（等级 %s）%s %d 次", "  impossible: %s clause %s %s (grade %s) %s, %d times"), x.Rulebook, x.Clause, x.Rule, x.Grade, x.Reason, x.Count)
	}
}

// planAll plans every rulebook under which anybody stands.
func planAll(ctx context.Context, a *app.App, from, to calendar.Date) (planned, error) {
	out := planned{Impossible: []duty.Impossible{}}
	start := clock.System()
	books, err := a.Duties.Graded(ctx)
	if err != nil {
		return out, err
	}
	for _, b := range books {
		res, err := a.Duties.PlanRange(ctx, b, from, to)
		if err != nil {
			return out, err
		}
		out.Opened, out.Dropped, out.Moved, out.Ownerless = out.Opened+res.Opened, out.Dropped+res.Dropped, out.Moved+res.Moved+res.Redated, out.Ownerless+res.Ownerless
		out.Impossible = append(out.Impossible, res.Impossible...)
	}
	out.Seconds = float64(clock.System().Sub(start).Milliseconds()) / 1000
	out.Customers, out.Duties, err = a.Duties.Sum(ctx, from, to)
	return out, err
}

// period reads --from and --to; without them it is the running year.
func (c *command) period(from, to string, a *app.App) (first, last calendar.Date, err error) {
	today, err := c.date("", "", a)
	if err != nil {
		return first, last, err
	}
	first, last = today.YearStart(), today.YearStart().AddMonths(12).AddDays(-1)
	if from != "" {
		if first, err = c.date("--from", from, a); err != nil {
			return first, last, err
		}
	}
	if to != "" {
		last, err = c.date("--to", to, a)
	}
	return first, last, err
}

func (c *command) periodFlags(cmd *cobra.Command, from, to *string, first string) {
	cmd.Flags().StringVar(from, "from", "", first)
	cmd.Flags().StringVar(to, "to", "", c.lang.pick("最后一天（默认当年十二月三十一日）", "last day (default: the end of the year)"))
	c.jsonFlag(cmd)
}

// complied is what `duties comply --json` prints.
type complied struct {
	Rulebook string           `json:"rulebook"`
	From     string           `json:"from"`
	To       string           `json:"to"`
	Total    compliance.Tally `json:"total"`
	Clauses  []compliedClause `json:"clauses"`
}

type compliedClause struct {
	Clause string    `json:"clause"`
	Title  rule.Text `json:"title"`
	compliance.Tally
}

func (c *command) dutiesComplyCmd() *cobra.Command {
	t := c.lang.pick
	var from, to, book string
	var by dimensions
	cmd := &cobra.Command{
		Use: "comply", Short: t("逐条列出应办、按时、迟办、逾期、免除的义务", "Duties due, kept, late, missed and waived, clause by clause"), Args: cobra.NoArgs,
		Example: "  kezhi duties comply --rulebook dealer-annual-grading --from 2026-01-01 --to 2026-12-31 --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if book == "" {
				return c.usage("请用 --rulebook 指明制度。", "Name the rulebook with --rulebook.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				first, last, err := c.period(from, to, a)
				if err != nil {
					return err
				}
				q := compliance.Query{Rulebook: book, From: first, To: last}
				if by.by != "" {
					return c.complyBy(ctx, a, q, by)
				}
				r, err := a.Compliance.Of(ctx, q)
				if err != nil {
					return err
				}
				out := complied{Rulebook: book, From: first.String(), To: last.String(), Total: r.Duties, Clauses: []compliedClause{}}
				for i := range r.Clauses {
					if x := &r.Clauses[i]; x.Duties != nil {
						out.Clauses = append(out.Clauses, compliedClause{x.Number, x.Title, *x.Duties})
					}
				}
				if c.json {
					return c.printJSON(out)
				}
				for _, x := range out.Clauses {
					c.print(t("%-8s %s：应办 %d，按时 %d，迟办 %d，逾期 %d，免除 %d，待办 %d", "%-8s %s: %d due, %d kept, %d late, %d missed, %d waived, %d open"),
						x.Clause, x.Title.In(string(c.lang)), x.Due, x.Kept, x.Late, x.Missed, x.Waived, x.Open)
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&book, "rulebook", "", t("制度编号", "id of the rulebook"))
	f.StringVar(&by.by, "by", "", t("按什么分：clause、grade、department、manager、month", "told apart by: clause, grade, department, manager, month"))
	f.StringVar(&by.across, "across", "", t("再与什么交叉（同上，与 --by 一起用）", "laid across it: the same words, together with --by"))
	f.StringVar(&by.clause, "clause", "", t("只看这一条（与 --by 一起用）", "only this clause, together with --by"))
	f.StringVar(&by.grade, "grade", "", t("只看这个等级（与 --by 一起用）", "only this grade, together with --by"))
	f.StringVar(&by.export, "export", "", t("另存为文件，.csv 或 .xlsx（与 --by 一起用）", "also write a file, .csv or .xlsx, together with --by"))
	c.periodFlags(cmd, &from, &to, t("第一天（默认当年一月一日）", "first day (default: the first of the year)"))
	return cmd
}

// dimensions are the flags by which compliance is told apart.
type dimensions struct{ by, across, clause, grade, export string }

// complyBy prints compliance by one dimension or two, from the same count as without them.
func (c *command) complyBy(ctx context.Context, a *app.App, q compliance.Query, d dimensions) error {
	t := c.lang.pick
	x, err := a.Compliance.Across(ctx, compliance.CrossQuery{
		Query: q, By: compliance.Dimension(d.by), Across: compliance.Dimension(d.across), Clause: d.clause, Grade: d.grade,
	})
	if err != nil {
		return err
	}
	if d.export != "" {
		err := c.exportTable(d.export, func(w io.Writer, format string) error { return compliance.WriteCross(w, format, string(c.lang), x) })
		if err != nil {
			return err
		}
	}
	if c.json {
		return c.printJSON(x)
	}
	line := t("%s：应办 %d，按时 %d，迟办 %d，逾期 %d，免除 %d，待办 %d", "%s: %d due, %d kept, %d late, %d missed, %d waived, %d open")
	say := func(name string, y *compliance.Tally) {
		c.print(line, name, y.Due, y.Kept, y.Late, y.Missed, y.Waived, y.Open)
	}
	for i := range x.Lines {
		l := &x.Lines[i]
		say(strings.TrimSpace(l.Key+" "+l.Title.In(string(c.lang))), &l.Tally)
		for j := range l.Cells {
			say("  "+l.Cells[j].Column, &l.Cells[j].Tally)
		}
	}
	say(t("合计", "total"), &x.Total)
	return nil
}
