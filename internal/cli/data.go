package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/importer"
	"kezhi/internal/rulebook"
)

// targets maps what a person types to what is imported.
var targets = map[string]string{
	"customers": "customers", "orders": "order", "payments": "payment", "deliveries": "delivery", "balances": "balance",
	"visits": "visit", "calls": "call", "complaints": "complaint", "meetings": "meeting", "notes": "note", "greetings": "greeting",
}

// importOutcome is what programs read; the names of its members are a contract.
type importOutcome struct {
	Read             int64   `json:"read"`
	Imported         int64   `json:"imported"`
	Unchanged        int64   `json:"unchanged"`
	SetAside         int64   `json:"set_aside"`
	Refused          int64   `json:"refused"`
	CustomersCreated int64   `json:"customers_created"`
	CustomersUpdated int64   `json:"customers_updated"`
	Orders           int64   `json:"orders"`
	AmountRead       string  `json:"amount_read"`
	AmountImported   string  `json:"amount_imported"`
	Seconds          float64 `json:"seconds"`
	RowsPerSecond    int64   `json:"rows_per_second"`
	ImportID         string  `json:"import_id"`
}

func (c *command) importCmd() *cobra.Command {
	t := c.lang.pick
	var in importer.FileInput
	var mapping string
	names := make([]string, 0, len(targets)+2)
	names = append(names, "rates", "cases")
	for n := range targets {
		names = append(names, n)
	}
	sort.Strings(names)
	cmd := &cobra.Command{
		Use: "import TARGET FILE", Short: t("导入客户、业务数据、汇率或工单（CSV、XLSX，可压缩为 .gz）", "Import customers, facts, exchange rates or cases (CSV, XLSX, optionally .gz)"), Args: cobra.ExactArgs(2),
		Long: t("TARGET 为 ", "TARGET is one of ") + strings.Join(names, ", ") + t("。同一文件导入两次不会重复。未写 --map 时按表头猜测，并记住上次的对应关系。",
			". The same file twice changes nothing. Without --map the headers are guessed, and the mapping used last is remembered."),
		Example: "  kezhi import customers customers.xlsx\n  kezhi import orders online_retail.csv.gz --create-customers --map invoice=InvoiceNo,customer=CustomerID,date=InvoiceDate,quantity=Quantity,price=UnitPrice,currency==GBP --cancel-prefix C --save-profile daily\n  kezhi import orders today.csv --profile daily\n  kezhi import cases incidents.csv.gz --profile incidents",
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "rates" {
				return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error { return c.importRates(ctx, a, args[1]) })
			}
			if args[0] == "cases" {
				if name := changedBesides(cmd, "profile"); name != "" {
					return c.usage(fmt.Sprintf("--%s 对 cases 不起作用：事件日志的列由 --profile 规定。请去掉它。", name),
						fmt.Sprintf("--%s means nothing for cases: --profile says which columns the event log has. Leave it out.", name))
				}
				return c.importCases(cmd.Context(), args[1], in.Profile)
			}
			target, ok := targets[args[0]]
			if !ok {
				return c.usage(fmt.Sprintf("不能导入 %q；可以是 %s。", args[0], strings.Join(names, "、")), fmt.Sprintf("Cannot import %q; choose one of %s.", args[0], strings.Join(names, ", ")))
			}
			var err error
			if in.Mapping, err = c.mapping(mapping); err != nil {
				return err
			}
			in.Target, in.Path = target, args[1]
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error { return c.runImport(ctx, a, in) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&mapping, "map", "", t("字段=表头，逗号分隔；字段==值 为固定值，例如 currency==CNY", "field=header, separated by commas; field==value is a constant, such as currency==CNY"))
	f.StringVar(&in.Profile, "profile", "", t("按已存名称的对应关系和选项读取", "read by the mapping and options saved under this name"))
	f.StringVar(&in.SaveProfile, "save-profile", "", t("导入成功后把对应关系和选项存为此名称", "save mapping and options under this name once the import is done"))
	f.BoolVar(&in.CreateCustomers, "create-customers", false, t("新建文件中出现的未知客户", "create customers that are not known yet"))
	f.StringVar(&in.CancelPrefix, "cancel-prefix", "", t("单号以此开头的为取消单", "document numbers that begin with it are cancellations"))
	f.StringVar(&in.Mode, "mode", "", t("客户：create 只新建、update 只更新、both 都做（默认）", "customers: create, update or both (default)"))
	f.StringVar(&in.DateOrder, "date-order", "", t("12/9/2010 这样的日期：day_first 日在前，month_first 月在前", "dates such as 12/9/2010: day_first or month_first"))
	f.StringVar(&in.Sheet, "sheet", "", t("XLSX 工作表名（默认第一个）", "XLSX sheet (default: the first)"))
	f.StringVar(&in.Encoding, "encoding", "", t("编码（默认自动识别 UTF-8 / GB18030 / UTF-16）", "encoding (default: UTF-8, GB18030 or UTF-16 is detected)"))
	c.jsonFlag(cmd)
	return cmd
}

// changedBesides gives the first flag of the import's own that was given beside those allowed, "" without one.
func changedBesides(cmd *cobra.Command, allowed ...string) string {
	for _, name := range []string{"map", "save-profile", "create-customers", "cancel-prefix", "mode", "date-order", "sheet", "encoding", "profile"} {
		if !slices.Contains(allowed, name) && cmd.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

// mapping reads field=header pairs. A header may itself contain "=", a constant begins with it.
func (c *command) mapping(text string) (map[string]string, error) {
	if text == "" {
		return nil, nil
	}
	out := map[string]string{}
	for _, pair := range strings.Split(text, ",") {
		field, header, ok := strings.Cut(pair, "=")
		field = strings.TrimSpace(field)
		if !ok || field == "" {
			return nil, c.usage(fmt.Sprintf("--map 中的 %q 应写成 字段=表头。", pair), fmt.Sprintf("In --map, %q must be field=header.", pair))
		}
		if _, twice := out[field]; twice {
			return nil, c.usage(fmt.Sprintf("--map 中字段 %q 出现两次。", field), fmt.Sprintf("In --map, the field %q stands twice.", field))
		}
		out[field] = strings.TrimSpace(header)
	}
	return out, nil
}

func (c *command) runImport(ctx context.Context, a *app.App, in importer.FileInput) error {
	r, err := a.Imports.ImportFile(ctx, in, c.progress)
	if err != nil {
		return err
	}
	if err := a.Drain(ctx); err != nil {
		return err
	}
	seconds := r.Elapsed.Seconds()
	rate := int64(0)
	if seconds > 0 {
		rate = int64(float64(r.Read) / seconds)
	}
	if c.json {
		return c.printJSON(importOutcome{
			r.Read, r.Imported, r.Unchanged, r.SetAside, r.Refused, r.CustomersCreated, r.CustomersUpdated, r.Orders, r.AmountRead, r.AmountImported,
			seconds, rate, fmt.Sprint(r.ImportID),
		})
	}
	t := c.lang.pick
	c.print(t("读取 %d 行：导入 %d，未变 %d，搁置 %d（没有客户），拒绝 %d。", "Read %d lines: %d imported, %d unchanged, %d set aside (no customer), %d refused."),
		r.Read, r.Imported, r.Unchanged, r.SetAside, r.Refused)
	if r.CustomersCreated+r.CustomersUpdated > 0 {
		c.print(t("客户：新建 %d，更新 %d。", "Customers: %d created, %d updated."), r.CustomersCreated, r.CustomersUpdated)
	}
	if in.Target != "customers" {
		c.print(t("单据 %d 张，金额合计 %s，其中导入 %s。", "%d documents, amounts %s read, %s imported."), r.Orders, r.AmountRead, r.AmountImported)
	}
	c.print(t("用时 %.1f 秒，每秒 %d 行。导入编号 %d，可在网页中查看或撤销。", "%.1f s, %d lines per second. Import %d: see or revert it in the web UI."), seconds, rate, r.ImportID)
	return nil
}

func (c *command) gradeCmd() *cobra.Command {
	t := c.lang.pick
	var book, asOf, export, scheme string
	var settings []string
	var whole bool
	cmd := &cobra.Command{
		Use: "grade --rulebook ID [--as-of DATE]", Short: t("按制度给范围内的全部客户评定", "Grade everybody in a rulebook's scope"), Args: cobra.NoArgs,
		Long: t("同一日期再次运行不会产生新的评定。中断后再运行会接着做。从未采用过的随附制度会自动采用，并在标准错误上说明。",
			"Running again for the same date changes nothing. An interrupted run goes on where it was. A shipped rulebook that was never adopted is adopted, with a remark on standard error."),
		Example: "  kezhi grade --rulebook rfm-segments --as-of 2011-12-11 --export verdicts.csv",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if book == "" {
				return c.usage("请用 --rulebook 指定制度。", "Name a rulebook with --rulebook.")
			}
			set, err := c.settings(settings)
			if err != nil {
				return err
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				day, err := c.date("--as-of", asOf, a)
				if err != nil {
					return err
				}
				return c.runGrade(ctx, a, book, day, exportTo{export, scheme}, grading.Options{Settings: set, Whole: whole})
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&book, "rulebook", "", t("制度编号", "rulebook id"))
	f.StringVar(&asOf, "as-of", "", t("评定日期 YYYY-MM-DD（默认今天）", "date of the grading YYYY-MM-DD (default: today)"))
	f.StringVar(&export, "export", "", t("把编号、评定、得分写入 CSV 文件", "write code, verdict and score to a CSV file"))
	f.BoolVar(&whole, "full", false, t("评定所有客户，即使只有少数有变化", "grade everybody, even where only a few have changed"))
	f.StringVar(&scheme, "scheme", "", t("导出哪个等级体系（默认第一个）", "which scheme to export (default: the first)"))
	f.StringArrayVar(&settings, "set", nil, t("首次采用时的设置 名=值，可重复", "setting name=value for a first adoption, may be repeated"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) settings(pairs []string) (map[string]string, error) {
	out := map[string]string{}
	for _, p := range pairs {
		name, value, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return nil, c.usage(fmt.Sprintf("--set %q 应写成 名=值。", p), fmt.Sprintf("--set %q must be name=value.", p))
		}
		out[name] = value
	}
	return out, nil
}

func (c *command) date(flag, text string, a *app.App) (calendar.Date, error) {
	if text == "" {
		return calendar.FromTime(clock.System(), a.Config.Location()), nil
	}
	d, err := calendar.Parse(text)
	if err != nil {
		return d, c.usage(fmt.Sprintf("%s %q 不是存在的日期（YYYY-MM-DD）。", flag, text), fmt.Sprintf("%s %q is not a date that exists (YYYY-MM-DD).", flag, text))
	}
	return d, nil
}

// sayAdopted remarks on standard error that a command has put a rulebook into force.
func (c *command) sayAdopted(ad rulebook.Adoption) {
	c.say(c.lang.pick("制度 %s 尚未采用；已采用版本 %s，自 %s 起生效。", "Rulebook %s was not adopted yet; version %s is now in force from %s."), ad.Rulebook, ad.Version, ad.EffectiveFrom)
}

// exportTo is where verdicts go: a file, and of which scheme ("" = the first).
type exportTo struct{ path, scheme string }

func (c *command) runGrade(ctx context.Context, a *app.App, book string, day calendar.Date, export exportTo, opt grading.Options) error {
	t := c.lang.pick
	opt.AdoptIfNone, opt.Adopted = true, c.sayAdopted
	sum, err := a.Gradings.Grade(ctx, book, day, opt, c.progress)
	if err != nil {
		return err
	}
	if export.path != "" {
		run, ok := sum.RunID, true
		if export.scheme != "" {
			run, ok = sum.Runs[export.scheme]
		}
		if !ok {
			return errs.New(errs.NotFound, "grading.unknown_scheme", "rulebook", book, "scheme", export.scheme)
		}
		if err := c.exportVerdicts(ctx, a, run, export.path); err != nil {
			return err
		}
	}
	if err := a.Drain(ctx); err != nil {
		return err
	}
	if c.json {
		sum.WithoutVerdict = orEmpty(sum.WithoutVerdict)
		return c.printJSON(sum)
	}
	c.print(t("%s %s，截至 %s：范围内 %d 个客户，变动 %d，无评定 %d，用时 %.1f 秒。", "%s %s as of %s: %d customers in scope, %d changed, %d without a verdict, %.1f s."),
		sum.Rulebook, sum.Version, sum.AsOf, sum.InScope, sum.Changed, len(sum.WithoutVerdict), sum.Seconds)
	if len(sum.Schemes) == 0 {
		c.printCounts("  ", sum.Verdicts)
		return nil
	}
	for _, scheme := range slices.Sorted(maps.Keys(sum.Schemes)) {
		one := sum.Schemes[scheme]
		c.print(t("  %s：变动 %d，无评定 %d", "  %s: %d changed, %d without a verdict"), scheme, one.Changed, len(one.WithoutVerdict))
		c.printCounts("    ", one.Verdicts)
	}
	return nil
}

// printCounts lists codes with their customers, the most first.
func (c *command) printCounts(indent string, counts map[string]int64) {
	codes := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(codes, func(x, y string) int { return cmp.Compare(counts[y], counts[x]) })
	for _, code := range codes {
		c.print(indent+"%-22s %8d", code, counts[code])
	}
}

// exportVerdicts writes beside the target first, so that a failure leaves no half file under its name.
func (c *command) exportVerdicts(ctx context.Context, a *app.App, run int64, path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".kezhi-export-")
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "backup.folder", "path", filepath.Dir(path))
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if err := errors.Join(a.Gradings.Export(ctx, f, run), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
