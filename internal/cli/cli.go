// Package cli is the command line: it parses, calls the same services as the API, and prints. It owns no rules.
//
// Exit codes: 0 done, 1 failed, 2 wrong usage or input. With --json the answer is the only thing on standard output;
// progress and remarks go to standard error.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/config"
	"kezhi/internal/errs"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// errReported ends a command with code 1 after it has said everything itself (a check that found errors).
var errReported = errors.New("reported")

type command struct {
	lang    lang
	in      io.Reader
	out     io.Writer
	err     io.Writer
	data    string
	books   string // folder of own rulebooks
	db      string
	json    bool
	verbose bool
}

// Run executes one command line and gives the exit code.
func Run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	l, err := language(args)
	c := &command{lang: l, in: in, out: out, err: errOut}
	if err != nil {
		c.say("%v", err)
		return exitUsage
	}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	return c.exit(root.ExecuteContext(ctx))
}

func (c *command) exit(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errReported) {
		return exitFailed
	}
	var usage usageError
	if errors.As(err, &usage) {
		c.say("%s", usage.Error())
		c.say("%s", c.lang.pick("加 --help 看用法。", "Add --help for usage."))
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		c.say("%s", c.lang.pick("已中断。", "Interrupted."))
		return exitFailed
	}
	c.say("%s", explainError(c.lang, err))
	switch errs.KindOf(err) {
	case errs.Internal:
		return exitFailed
	case errs.Unavailable:
		// What the machine lacks for the moment is a failure; an unusable database is an input.
		if code := errs.CodeOf(err); code != "db.damaged" && code != "db.disk_full" && code != "db.locked" {
			return exitFailed
		}
	}
	return exitUsage
}

// usageError is a command line that does not make sense.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func (c *command) usage(zh, en string) error { return usageError{c.lang.pick(zh, en)} }

func (c *command) say(format string, args ...any) { _, _ = fmt.Fprintf(c.err, format+"\n", args...) }

func (c *command) print(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format+"\n", args...) }

func (c *command) printJSON(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (c *command) root() *cobra.Command {
	t := c.lang.pick
	root := &cobra.Command{
		Use:           "kezhi",
		Short:         t("客制：会自己运行的客户管理制度", "Kezhi: the customer-management rulebook that runs"),
		Long:          t("客制把客户管理制度变成可运行的规则：计算指标、评定等级、安排义务，逐条说明理由。", "Kezhi runs a customer-management regulation: it works out measures, grades customers, schedules what each grade is owed, and explains every verdict clause by clause."),
		SilenceErrors: true, SilenceUsage: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return c.usage(fmt.Sprintf("没有命令 %q。", args[0]), fmt.Sprintf("There is no command %q.", args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	f := root.PersistentFlags()
	f.String("lang", string(c.lang), t("语言：zh 或 en", "language: zh or en"))
	f.StringVar(&c.data, "data", "", t("数据目录（默认："+config.DefaultData()+"）", "data folder (default: "+config.DefaultData()+")"))
	f.StringVar(&c.db, "db", "", t("数据库：SQLite 文件或 postgres:// 地址（默认：数据目录下的 kezhi.db）", "database: SQLite file or postgres:// address (default: kezhi.db in the data folder)"))
	f.StringVar(&c.books, "rulebooks", "", t("本单位制度所在的目录，每个制度一个子目录", "folder of the company's own rulebooks, one folder each"))
	f.BoolVar(&c.verbose, "verbose", false, t("在标准错误上输出日志", "write the log to standard error"))
	root.AddCommand(c.serveCmd(), c.demoCmd(), c.importCmd(), c.judgeCmd(), c.gradeCmd(), c.reviewCmd(), c.dutiesCmd(), c.rulebookCmd(), c.procedureCmd(), c.ownersCmd(), c.rightsCmd(), c.reportCmd(), c.userCmd(), c.migrateCmd(), c.backupCmd(), c.restoreCmd(), c.keysCmd(), c.verifyCmd(), c.versionCmd(), c.openapiCmd())
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return usageError{t("选项有误：", "Wrong option: ") + err.Error()}
	})
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, RunE: func(*cobra.Command, []string) error { return root.Help() }})
	c.translate(root)
	return root
}

// translate gives the help frame in the person's language and turns wrong argument counts into usage errors.
func (c *command) translate(root *cobra.Command) {
	t := c.lang.pick
	template := t("用法：", "Usage: ") + `{{if .Runnable}}{{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [` + t("命令", "command") + `]

` + t("命令：", "Commands:") + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

` + t("例子：", "Examples:") + `
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

` + t("选项：", "Options:") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + t("通用选项：", "Common options:") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
	root.SetUsageTemplate(template)
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		cmd.InitDefaultHelpFlag()
		if h := cmd.Flags().Lookup("help"); h != nil {
			h.Usage = t("显示帮助", "show help")
		}
		if check := cmd.Args; check != nil && cmd != root {
			cmd.Args = func(cmd *cobra.Command, args []string) error {
				if err := check(cmd, args); err != nil {
					return usageError{t("参数个数不对：", "Wrong number of arguments: ") + strings.TrimSpace(cmd.UseLine())}
				}
				return nil
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
}

func (c *command) config() (config.Config, error) {
	cfg, err := config.Load(c.data)
	if err != nil {
		return cfg, err
	}
	if c.db != "" {
		cfg.DB = c.db
	}
	if c.books != "" {
		cfg.Rulebooks = c.books
	}
	return cfg, cfg.Validate()
}

func (c *command) logger(cfg config.Config, always bool) *slog.Logger {
	if !always && !c.verbose {
		return slog.New(slog.DiscardHandler)
	}
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.LogLevel))
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: level}))
}

// withApp opens the database (migrating it when it is older) and runs fn as the operator of this machine.
func (c *command) withApp(ctx context.Context, fn func(ctx context.Context, a *app.App) error) error {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	a, err := app.New(ctx, cfg, c.logger(cfg, false))
	if err != nil {
		return err
	}
	ctx = authz.With(ctx, authz.System(operator()))
	if err = a.Rulebooks.SyncFolder(ctx, cfg.Rulebooks); err == nil {
		err = fn(ctx, a)
	}
	return errors.Join(err, a.Close())
}

// operator names who works on the command line, for the audit.
func operator() string {
	name := os.Getenv("SUDO_USER")
	if name == "" {
		name = os.Getenv("USER")
	}
	if name == "" {
		name = "operator"
	}
	return "cli:" + name
}

// progress shows how far long work is, on standard error, only when a person looks at it.
func (c *command) progress(done, total int64) {
	f, ok := c.err.(*os.File)
	if !ok {
		return
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return
	}
	if total > 0 {
		_, _ = fmt.Fprintf(c.err, "\r%3d %%  %d / %d ", done*100/total, done, total)
		if done >= total {
			_, _ = fmt.Fprintln(c.err)
		}
		return
	}
	_, _ = fmt.Fprintf(c.err, "\r%d ", done)
}
