package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/flow"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
	"kezhi/rulebooks"
)

func (c *command) procedureCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "procedure", Short: c.lang.pick("检查、试运行和列出流程", "Check, try and list procedures"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.procedureCheckCmd(), c.procedureTestCmd(), c.procedureListCmd())
	return cmd
}

// procedureRow is a procedure as programs read it.
type procedureRow struct {
	Rulebook string    `json:"rulebook"`
	Version  string    `json:"version"`
	Key      string    `json:"key"`
	Title    flow.Text `json:"title"`
	Kind     string    `json:"kind"`
	Steps    []string  `json:"steps"`
	Ends     []string  `json:"ends"`
	// Deadline is the time a case has, in the unit written; nil without one.
	Deadline *flow.Duration `json:"deadline"`
	// Paths are the ways from the start to an end; More is true when there are more than are listed.
	Paths []flow.Path `json:"paths"`
	More  bool        `json:"more"`
}

func procedureRows(id, version string, defs []*flow.Definition) []procedureRow {
	out := make([]procedureRow, 0, len(defs))
	for _, d := range defs {
		r := procedureRow{Rulebook: id, Version: version, Key: d.Key, Title: d.Title, Kind: d.Kind, Steps: []string{}, Ends: []string{}}
		for i := range d.Steps {
			r.Steps = append(r.Steps, d.Steps[i].Key)
		}
		for i := range d.Ends {
			r.Ends = append(r.Ends, d.Ends[i].Key)
		}
		if d.Deadline != nil {
			r.Deadline = &d.Deadline.Within
		}
		paths, more := flow.Paths(d)
		r.Paths, r.More = orEmpty(paths), more
		out = append(out, r)
	}
	return out
}

func (c *command) procedureCheckCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "check DIR|ID", Short: t("检查制度里的流程，并列出每条走得通的路", "Check the procedures of a rulebook and list every way through them"), Args: cobra.ExactArgs(1),
		Long: t("找出走不到的步骤、死路、没有人做的步骤、比签批还短的期限等，逐条给出位置和改法。DIR 为制度目录，ID 为制度编号。有错误时退出码为 1。",
			"Finds steps that are never reached, dead ends, steps nobody does, deadlines shorter than their sign-offs and the like, each with place and remedy. DIR is a rulebook's folder, ID that of a rulebook. Exit code 1 when there are errors."),
		Example: "  kezhi procedure check complaint-handling",
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := c.folder(args[0])
			if err != nil {
				return err
			}
			problems, err := c.problems(cmd.Context(), files)
			if err != nil {
				return err
			}
			book, _ := rule.Parse(files)
			rows := procedureRows(book.ID(), book.Version(), book.Procedures())
			if c.json {
				err = c.printJSON(map[string]any{"problems": orEmpty(problems), "procedures": rows})
			} else {
				c.printPaths(rows)
				c.printProblems(args[0], problems)
			}
			if err == nil && rule.HasErrors(problems) {
				err = errReported
			}
			return err
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

// printPaths writes the ways through procedures, one line each, with the days they take at least and at most.
func (c *command) printPaths(rows []procedureRow) {
	t := c.lang.pick
	for _, r := range rows {
		c.print("%s  %s  %s", r.Key, c.flowText(r.Title), c.durationText(r.Deadline))
		for _, p := range r.Paths {
			days := strconv.Itoa(p.MaxDays)
			if len(p.Unlimited) > 0 {
				days += "+"
			}
			c.print(t("    %s ⇒ %s（各步时限合计 %s 天）", "    %s ⇒ %s (the limits of the steps come to %s days)"), strings.Join(p.Steps, " → "), p.End, days)
		}
		if r.More {
			c.print(t("    …还有更多", "    … and more"))
		}
	}
}

func (c *command) flowText(text flow.Text) string { return rule.Text(text).In(string(c.lang)) }

func (c *command) durationText(d *flow.Duration) string {
	t := c.lang.pick
	switch {
	case d == nil:
		return t("没有总期限", "no deadline")
	case d.Working > 0:
		return strconv.Itoa(d.Working) + t(" 个工作日", " working days")
	case d.Hours > 0:
		return strconv.Itoa(d.Hours) + t(" 小时", " hours")
	}
	return strconv.Itoa(d.Days) + t(" 个日历日", " calendar days")
}

func (c *command) procedureTestCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "test DIR|ID", Short: t("运行流程的例子，并指出没有例子走到的步骤、分支和结束", "Run the cases of procedures and name steps, branches and ends none reaches"), Args: cobra.ExactArgs(1),
		Long: t("例子写在 cases.yaml 里：何时收到、谁做了什么、过了多久、结果应当怎样。有例子不符时退出码为 1。",
			"The cases stand in cases.yaml: when it came in, who did what, how time passed, and what must come out. Exit code 1 when one fails."),
		Example: "  kezhi procedure test complaint-handling",
		RunE: func(_ *cobra.Command, args []string) error {
			book, err := c.readable(args[0])
			if err != nil {
				return err
			}
			report := ofProcedures(rule.Test(book))
			if c.json {
				err = c.printJSON(report)
			} else {
				c.printReport(report)
			}
			if err == nil && report.Failed > 0 {
				err = errReported
			}
			return err
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

// ofProcedures keeps of a report what is about procedures.
func ofProcedures(all rule.TestReport) rule.TestReport {
	out := rule.TestReport{Cases: []rule.CaseResult{}, Unreached: []rule.Unreached{}, Exercised: all.Exercised}
	for _, k := range all.Cases {
		if k.Procedure == "" {
			continue
		}
		out.Cases = append(out.Cases, k)
		if k.Passed {
			out.Passed++
		} else {
			out.Failed++
		}
	}
	for _, u := range all.Unreached {
		if strings.HasPrefix(u.Ref, "procedures.") || strings.HasPrefix(u.Ref, "authorities.") {
			out.Unreached = append(out.Unreached, u)
		}
	}
	return out
}

func (c *command) procedureListCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "list", Short: t("列出现行的流程", "List the procedures in force"), Args: cobra.NoArgs,
		Long: t("给出 --data 或 --db 时列出其中现行制度的流程；否则列出随附制度和 --rulebooks 目录里制度的流程。",
			"With --data or --db it lists the procedures of the rulebooks in force there; otherwise those of the shipped rulebooks and of those below --rulebooks."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			rows, err := c.procedures(cmd.Context())
			if err != nil {
				return err
			}
			if c.json {
				return c.printJSON(map[string]any{"procedures": rows})
			}
			for _, r := range rows {
				c.print("%-22s %-20s %s", r.Rulebook, r.Key, c.flowText(r.Title))
				c.print(t("    %d 步，%d 种结束，%s", "    %d steps, %d ends, %s"), len(r.Steps), len(r.Ends), c.durationText(r.Deadline))
			}
			return nil
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) procedures(ctx context.Context) (rows []procedureRow, err error) {
	rows = []procedureRow{}
	if c.data != "" || c.db != "" {
		err = c.withApp(ctx, func(ctx context.Context, a *app.App) error {
			all, err := a.Rulebooks.AllInForce(ctx, a.DB.Read(), a.Gradings.Today())
			for _, in := range all {
				rows = append(rows, procedureRows(in.Book.ID(), in.Version, in.Program.Procedures())...)
			}
			return err
		})
		return rows, err
	}
	books, err := c.editions()
	for _, e := range books {
		rows = append(rows, procedureRows(e.Rulebook, e.Version.Version, e.Book.Procedures())...)
	}
	return rows, err
}

// editions reads the shipped rulebooks and those below --rulebooks.
func (c *command) editions() ([]*rulebook.Edition, error) {
	var out []*rulebook.Edition
	for _, name := range rulebooks.IDs() {
		files, err := rulebooks.Load(name)
		if err != nil {
			return nil, err
		}
		out = append(out, rulebook.Read(files))
	}
	if c.books == "" {
		return out, nil
	}
	folders, err := rulebook.Folders(c.books)
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		files, err := rulebook.ReadFolder(folder)
		if err != nil {
			return nil, err
		}
		out = append(out, rulebook.Read(files))
	}
	return out, nil
}
