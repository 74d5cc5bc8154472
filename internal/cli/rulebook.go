package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
	"kezhi/rulebooks"
)

func (c *command) rulebookCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "rulebook", Short: t("检查、测试、模拟、采用和解释制度", "Check, test, simulate, adopt and explain rulebooks"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.checkCmd(), c.testCmd(), c.simulateCmd(), c.adoptCmd(), c.explainCmd(), c.rulebookListCmd(), c.schemaCmd(), c.coverageCmd(), c.returnCmd(), c.complyCmd(), c.newCmd())
	return cmd
}

// folder reads a rulebook from a folder, or by its id an own one below --rulebooks or a shipped one.
func (c *command) folder(name string) (map[string][]byte, error) {
	if c.books != "" && filepath.Base(name) == name {
		own := filepath.Join(c.books, name)
		if _, err := os.Stat(filepath.Join(own, rulebooks.FileRulebook)); err == nil {
			name = own
		}
	}
	if st, err := os.Stat(name); err == nil && st.IsDir() {
		return rulebook.ReadFolder(name)
	}
	files, err := rulebooks.Load(name)
	if err != nil {
		return nil, errs.New(errs.NotFound, "rulebook.no_folder", "path", name)
	}
	return files, nil
}

// environment is the organisation in the data folder, or, where there is none, one that has all the roles of the product.
func (c *command) problems(ctx context.Context, files map[string][]byte) ([]rule.Problem, error) {
	cfg, err := c.config()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(cfg.Database()); err == nil || c.db != "" {
		var out []rule.Problem
		err := c.withApp(ctx, func(ctx context.Context, a *app.App) error {
			text := make(map[string]string, len(files))
			for name, b := range files {
				text[name] = string(b)
			}
			out, err = a.Rulebooks.CheckFiles(ctx, text)
			return err
		})
		return out, err
	}
	book, problems := rule.Parse(files)
	if rule.HasErrors(problems) && book == nil {
		return problems, nil
	}
	roles := map[string]bool{}
	for _, r := range authz.Roles {
		roles[r.Name] = true
	}
	return append(problems, book.Check(rule.Environment{Roles: roles})...), nil
}

func (c *command) checkCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "check DIR", Short: t("找出制度中的问题，逐条给出位置和改法", "Find what is wrong with a rulebook, with place and remedy"), Args: cobra.ExactArgs(1),
		Long: t("DIR 为制度目录，或随附制度的编号。有错误时退出码为 1。", "DIR is a rulebook's folder, or the id of a shipped one. Exit code 1 when there are errors."),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := c.folder(args[0])
			if err != nil {
				return err
			}
			problems, err := c.problems(cmd.Context(), files)
			if err != nil {
				return err
			}
			if c.json {
				if err := c.printJSON(map[string]any{"problems": orEmpty(problems)}); err != nil {
					return err
				}
			} else {
				c.printProblems(args[0], problems)
			}
			if rule.HasErrors(problems) {
				return errReported
			}
			return nil
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) printProblems(dir string, problems []rule.Problem) {
	counts := map[string]int{}
	names := map[string]string{"error": c.lang.pick("错误", "error"), "warning": c.lang.pick("警告", "warning"), "info": c.lang.pick("提示", "info")}
	for _, p := range problems {
		counts[p.Severity]++
		c.print("%s:%d:%d: %s [%s] %s", filepath.Join(dir, p.File), p.Line, p.Column, names[p.Severity], p.Code, p.Message.In(string(c.lang)))
		if r := p.Remedy.In(string(c.lang)); r != "" {
			c.print("    → %s", r)
		}
	}
	c.print(c.lang.pick("错误 %d，警告 %d，提示 %d。", "%d errors, %d warnings, %d remarks."), counts["error"], counts["warning"], counts["info"])
}

// readable reads the rulebook of a folder or an id; what keeps it from being read is said on standard error.
func (c *command) readable(dir string) (*rule.Book, error) {
	files, err := c.folder(dir)
	if err != nil {
		return nil, err
	}
	book, problems := rule.Parse(files)
	if !rule.HasErrors(problems) {
		return book, nil
	}
	for _, p := range problems {
		c.say("%s:%d:%d: %s", filepath.Join(dir, p.File), p.Line, p.Column, p.Message.In(string(c.lang)))
	}
	return nil, errs.New(errs.Invalid, "rulebook.unreadable", "rulebook", dir, "version", "", "errors", len(problems))
}

func (c *command) testCmd() *cobra.Command {
	t := c.lang.pick
	var initial bool
	cmd := &cobra.Command{
		Use: "test DIR", Short: t("运行制度的例子，并指出没有例子覆盖的档位和边界", "Run a rulebook's cases and name the bands and boundaries none reaches"), Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			book, err := c.readable(args[0])
			if err != nil {
				return err
			}
			if initial {
				_, err := c.out.Write(book.DraftCases())
				return err
			}
			report := rule.Test(book)
			if c.json {
				report.Unreached = orEmpty(report.Unreached)
				report.Cases = orEmpty(report.Cases)
				if err := c.printJSON(report); err != nil {
					return err
				}
			} else {
				c.printReport(report)
			}
			if report.Failed > 0 {
				return errReported
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&initial, "init", false, t("不运行，改为输出还没有例子覆盖的边界和分支的例子草稿，作者须逐个确认", "do not run; write draft cases for boundaries and branches none reaches, each to be confirmed by the author"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) printReport(r rule.TestReport) {
	t := c.lang.pick
	for _, k := range r.Cases {
		if k.Passed {
			continue
		}
		c.print(t("不符：%s（cases.yaml 第 %d 行）", "failed: %s (cases.yaml line %d)"), k.Name.In(string(c.lang)), k.Line)
		for _, d := range k.Diffs {
			c.print(t("    %s：应为 %s，得到 %s", "    %s: want %s, got %s"), d.Field, d.Want, d.Got)
		}
	}
	for _, u := range r.Unreached {
		c.print(t("没有例子：%s %s", "no case: %s %s"), u.Kind, u.Ref)
	}
	c.print(t("通过 %d，不符 %d，未覆盖 %d。", "%d passed, %d failed, %d not reached."), r.Passed, r.Failed, len(r.Unreached))
}

func (c *command) simulateCmd() *cobra.Command {
	t := c.lang.pick
	var asOf, version string
	var settings []string
	cmd := &cobra.Command{
		Use: "simulate DIR|ID", Short: t("拿草案与现行版本对比全部客户，不保存任何内容", "Run a draft beside the version in force on all customers; nothing is stored"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := c.settings(settings)
			if err != nil {
				return err
			}
			draft := grading.Draft{Rulebook: args[0], Version: version, Settings: set}
			if st, err := os.Stat(args[0]); err == nil && st.IsDir() {
				files, err := c.folder(args[0])
				if err != nil {
					return err
				}
				draft = grading.Draft{Settings: set, Files: map[string]string{}}
				for name, b := range files {
					draft.Files[name] = string(b)
				}
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				day, err := c.date("--as-of", asOf, a)
				if err != nil {
					return err
				}
				sim, err := a.Gradings.Simulate(ctx, draft, day, func(done, total int64) error { c.progress(done, total); return ctx.Err() })
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(sim)
				}
				c.printSimulation(sim)
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&asOf, "as-of", "", t("日期（默认今天）", "date (default: today)"))
	f.StringVar(&version, "version", "", t("版本（默认最新）", "version (default: the newest)"))
	f.StringArrayVar(&settings, "set", nil, t("设置 名=值，可重复", "setting name=value, may be repeated"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) printSimulation(sim grading.Simulation) {
	t := c.lang.pick
	name := func(code string) string {
		if code == "" {
			return t("（无）", "(none)")
		}
		return code
	}
	from := sim.From
	if from == "" {
		from = t("当前评定", "the standing")
	}
	c.print(t("%s：%s → %s，截至 %s，范围内 %d 个客户：", "%s: %s → %s as of %s, %d customers in scope:"), sim.Rulebook, from, sim.To, sim.AsOf, sim.InScope)
	schemes := sim.Schemes
	if len(schemes) == 0 {
		schemes = []grading.SchemeMoves{sim.SchemeMoves}
	}
	for _, s := range schemes {
		if len(schemes) > 1 {
			c.print("%s", s.Scheme)
		}
		for _, m := range s.Matrix {
			c.print("  %-20s → %-20s %8d", name(m.From), name(m.To), m.Customers)
		}
	}
	hours, _ := sim.HoursChange.MarshalJSON() // cannot fail
	c.print(t("每年义务变化 %+d 次，工时变化 %s 小时。", "Duties a year change by %+d, hours by %s."), sim.DutiesChange, hours)
}

func (c *command) adoptCmd() *cobra.Command {
	t := c.lang.pick
	var in rulebook.AdoptInput
	var from string
	var settings []string
	cmd := &cobra.Command{
		Use: "adopt ID|DIR", Short: t("采用制度的一个版本", "Put a version of a rulebook into force"), Args: cobra.ExactArgs(1),
		Long: t("检查有错误或例子不符的版本不能采用。旧版本继续解释它作出的评定。", "A version with errors or failing cases cannot be adopted. The old version keeps explaining the verdicts it made."),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if in.Settings, err = c.settings(settings); err != nil {
				return err
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				if in.EffectiveFrom, err = c.date("--from", from, a); err != nil {
					return err
				}
				in.Rulebook = args[0]
				if st, err := os.Stat(args[0]); err == nil && st.IsDir() {
					v, err := c.upload(ctx, a, args[0])
					if err != nil {
						return err
					}
					in.Rulebook, in.Version = v.Rulebook, v.Version
				}
				ad, err := a.Rulebooks.Adopt(ctx, in)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(map[string]any{"rulebook": ad.Rulebook, "version": ad.Version, "effective_from": ad.EffectiveFrom.String(), "settings": ad.Settings})
				}
				c.print(t("%s %s 自 %s 起生效。", "%s %s is in force from %s."), ad.Rulebook, ad.Version, ad.EffectiveFrom)
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.Version, "version", "", t("版本（默认最新）", "version (default: the newest)"))
	f.StringVar(&from, "from", "", t("生效日期（默认今天）", "effective date (default: today)"))
	f.StringVar(&in.Note, "note", "", t("说明", "note"))
	f.StringArrayVar(&settings, "set", nil, t("设置 名=值，可重复", "setting name=value, may be repeated"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) returnCmd() *cobra.Command {
	t := c.lang.pick
	var version, note string
	cmd := &cobra.Command{
		Use: "return ID", Short: t("退回到此前采用的版本和设置", "Return to the version and settings that were in force before"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				ad, err := a.Rulebooks.Return(ctx, args[0], version, note)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(map[string]any{"rulebook": ad.Rulebook, "version": ad.Version, "effective_from": ad.EffectiveFrom.String(), "settings": ad.Settings})
				}
				c.print(t("%s %s 自 %s 起生效。", "%s %s is in force from %s."), ad.Rulebook, ad.Version, ad.EffectiveFrom)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&version, "version", "", t("版本（默认此前的）", "version (default: the one before)"))
	cmd.Flags().StringVar(&note, "note", "", t("说明", "note"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) upload(ctx context.Context, a *app.App, dir string) (rulebook.Version, error) {
	files, err := c.folder(dir)
	if err != nil {
		return rulebook.Version{}, err
	}
	text := make(map[string]string, len(files))
	for name, b := range files {
		text[name] = string(b)
	}
	return a.Rulebooks.Upload(ctx, text)
}

func (c *command) explainCmd() *cobra.Command {
	t := c.lang.pick
	var customer, book, statement string
	cmd := &cobra.Command{
		Use: "explain --customer CODE --rulebook ID", Short: t("说明一个客户的评定：依据、得分、条款、距上一级还差什么", "Why a customer has its verdict: inputs, points, clauses, what is missing for the next grade"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if customer == "" || book == "" {
				return c.usage("请同时给出 --customer 和 --rulebook。", "Give both --customer and --rulebook.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				e, err := a.Gradings.Explain(ctx, customer, book)
				if err != nil {
					return err
				}
				if statement != "" {
					if err := writeWhole(statement, func(w io.Writer) error { return grading.WriteStatement(w, e, string(c.lang), a.Rulebooks.Today()) }); err != nil {
						return err
					}
				}
				if c.json {
					return c.printJSON(e)
				}
				return c.printExplained(e)
			})
		},
	}
	cmd.Flags().StringVar(&customer, "customer", "", t("客户编号", "customer code"))
	cmd.Flags().StringVar(&book, "rulebook", "", t("制度编号", "rulebook id"))
	cmd.Flags().StringVar(&statement, "statement", "", t("另存为一页可打印的 HTML 说明", "also write a printable HTML page"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) rulebookListCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: c.lang.pick("列出制度和现行版本", "List the rulebooks and what is in force"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				list, err := a.Rulebooks.List(ctx)
				if err != nil {
					return err
				}
				type row struct {
					ID      string `json:"id"`
					Version string `json:"version"`
					InForce string `json:"in_force"`
					State   string `json:"state"`
				}
				out := []row{}
				for _, o := range list {
					r := row{ID: o.Newest.Rulebook, Version: o.Newest.Version, State: o.State}
					if o.InForce != nil {
						r.InForce = o.InForce.Version
					}
					out = append(out, r)
					if !c.json {
						c.print("%-24s %-8s %-14s %s", r.ID, r.Version, r.State, o.Newest.Title.In(string(c.lang)))
					}
				}
				if c.json {
					return c.printJSON(out)
				}
				return nil
			})
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) schemaCmd() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: c.lang.pick("输出 rulebook.yaml 的 JSON Schema，供编辑器使用", "Print the JSON Schema of rulebook.yaml for editors"), Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(c.out, "%s\n", rule.JSONSchema())
			return err
		},
	}
}
