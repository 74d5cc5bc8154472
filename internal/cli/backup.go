package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/backup"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/errs"
)

type backupOptions struct {
	to, passphrase, keys string
	recipients           []string
	list, rehearse, live bool
	at                   string
}

// place gives the configuration of the repository to work on: that of the file, with what the command line says instead.
func (o backupOptions) place(cfg config.Config) backup.Config {
	c := cfg.Backup
	if o.to != "" {
		c.To = o.to
	}
	if len(o.recipients) > 0 {
		c.Recipients, c.PassphraseFile = o.recipients, ""
	}
	if o.passphrase != "" {
		c.PassphraseFile, c.Recipients = o.passphrase, nil
	}
	return c
}

func (c *command) backupCmd() *cobra.Command {
	t := c.lang.pick
	var opt backupOptions
	cmd := &cobra.Command{
		Use: "backup [FILE]", Short: t("在运行中备份数据库和附件", "Back up database and files while running"), Args: cobra.MaximumNArgs(1),
		Long: t("写 FILE：一个包含全部内容的压缩包。写到 --to（或配置的 backup.to，目录或 s3://桶/前缀）：附件按摘要只存一次，以后只传新的。写完并核对之后才生效。PostgreSQL 请用它自己的工具，见 docs/operations.md。",
			"To FILE: one archive with everything. To --to (or backup.to of the configuration; a folder or s3://bucket/prefix): uploads are kept once, by their digest, and only new ones are sent. It counts only when it is complete and proved. For PostgreSQL use its own tools, see docs/operations.md."),
		Example: "  kezhi backup /backup/kezhi-2026-11-22.tar.gz\n  kezhi backup --to /backup/kezhi --recipient age1…\n  kezhi backup --to s3://bank-backup/kezhi --passphrase-file /etc/kezhi/backup-passphrase --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if opt.list {
				return c.listBackups(cmd.Context(), opt)
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				place := opt.place(a.Config)
				if len(args) == 0 && place.To != "" {
					return c.backupInto(ctx, a, place)
				}
				return c.backupFile(ctx, a, args, place)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.to, "to", "", t("目录或 s3://桶/前缀", "folder or s3://bucket/prefix"))
	f.StringArrayVar(&opt.recipients, "recipient", nil, t("用这个 age 公钥加密（可重复）", "encrypt for this age public key (may be repeated)"))
	f.StringVar(&opt.passphrase, "passphrase-file", "", t("用文件中的口令加密", "encrypt with the passphrase in this file"))
	f.BoolVar(&opt.list, "list", false, t("列出已有的备份", "list the backups that are there"))
	c.jsonFlag(cmd)
	status := &cobra.Command{
		Use: "status", Short: t("最近一次成功的备份有多旧", "How old the newest good backup is"), Args: cobra.NoArgs,
		Long: t("太旧或从未备份时退出码为 1，便于监控调用。", "Exit code 1 when it is too old or there is none, for monitoring."),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.withApp(cmd.Context(), c.backupStatus) },
	}
	c.jsonFlag(status)
	cmd.AddCommand(status)
	return cmd
}

// backupState is how an installation is backed up, as it is printed with --json.
type backupState struct {
	OK         bool       `json:"ok"`
	Configured bool       `json:"configured"`
	Place      string     `json:"place"`
	Last       string     `json:"last"`
	At         *time.Time `json:"at"`
	AlarmHours int        `json:"alarm_hours"`
	Overdue    bool       `json:"overdue"`
}

func (c *command) backupStatus(ctx context.Context, a *app.App) error {
	st, err := a.Backups.Status(ctx)
	if err != nil {
		return err
	}
	out := backupState{st.Configured && !st.Overdue, st.Configured, st.Place, st.Last.Name, nil, st.AlarmHours, st.Overdue}
	if st.Last.Name != "" {
		out.At = &st.Last.At
	}
	var failed error
	if !out.OK {
		failed = errReported
	}
	t := c.lang.pick
	switch {
	case c.json:
		return errors.Join(c.printJSON(out), failed)
	case !st.Configured:
		c.say("%s", explainError(c.lang, errs.New(errs.Invalid, "backup.not_configured")))
	case out.At == nil:
		c.say("%s", t("还没有成功的备份。", "There is no good backup yet."))
	default:
		c.print(t("最近一次成功的备份：%s，%s。", "Newest good backup: %s, %s."), out.At.In(a.Config.Location()).Format(time.DateTime), out.Last)
		if st.Overdue {
			c.say(t("它已超过 %d 小时。", "It is more than %d hours old."), st.AlarmHours)
		}
	}
	return failed
}

func (c *command) backupFile(ctx context.Context, a *app.App, args []string, conf backup.Config) error {
	now := clock.System()
	seal, err := backup.ParseRecipients(conf.Recipients)
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "backup.recipient", "problem", err.Error())
	}
	if conf.PassphraseFile != "" {
		if seal, err = backup.PassphraseSeal(conf.PassphraseFile); err != nil {
			return err
		}
	}
	path := "kezhi-" + now.In(a.Config.Location()).Format("20060102-150405") + ".tar.gz"
	if len(seal) > 0 {
		path += ".age"
	}
	if len(args) == 1 {
		path = args[0]
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	m, err := backup.Write(ctx, a.BackupSource(), path, seal, now)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(map[string]any{"path": path, "manifest": m, "sealed": len(seal) > 0})
	}
	c.print(c.lang.pick("已备份到 %s：客户 %d，业务事实 %d，附件 %d，审计记录 %d（已核对）。", "Backed up to %s: %d customers, %d facts, %d files, %d audit entries (proved)."),
		path, m.Rows["customer"], m.Rows["fact"], m.Files, m.AuditSeq)
	return nil
}

func (c *command) backupInto(ctx context.Context, a *app.App, conf backup.Config) error {
	if err := conf.Validate(); err != nil {
		return err
	}
	s := backup.NewService(conf, a.BackupSource(), a.Queue, clock.System, a.Config.Location(), c.logger(a.Config, false))
	x, gone, err := s.Run(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(map[string]any{"place": conf.To, "backup": x, "removed": gone})
	}
	c.print(c.lang.pick("已备份到 %s 的 %s：%d 字节，附件 %d（新传 %d），审计记录 %d（已核对）；清理旧备份 %d 份。", "Backed up to %s as %s: %d bytes, %d files (%d of them new), %d audit entries (proved); %d old ones removed."),
		conf.To, x.Name, x.Size, x.Manifest.Files, x.New, x.Manifest.AuditSeq, gone)
	return nil
}

func (c *command) listBackups(ctx context.Context, opt backupOptions) error {
	r, err := c.repository(ctx, opt)
	if err != nil {
		return err
	}
	all, err := r.List(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(map[string]any{"backups": orEmpty(all)})
	}
	for _, x := range all {
		c.print("%s  %s  %d", x.Manifest.MadeAt.Format(time.RFC3339), x.Name, x.Size)
	}
	return nil
}

func (c *command) repository(ctx context.Context, opt backupOptions) (*backup.Repository, error) {
	cfg, err := c.config()
	if err != nil {
		return nil, err
	}
	conf := opt.place(cfg)
	if conf.To == "" {
		return nil, c.usage("没有说明备份所在：加 --to，或在 kezhi.yaml 里设置 backup.to。", "Where are the backups? Add --to, or set backup.to in kezhi.yaml.")
	}
	if err := conf.Validate(); err != nil {
		return nil, err
	}
	return backup.OpenRepository(ctx, conf)
}

func (c *command) restoreCmd() *cobra.Command {
	t := c.lang.pick
	var opt backupOptions
	cmd := &cobra.Command{
		Use: "restore [FILE | PLACE]", Short: t("从备份恢复到空的数据目录", "Restore a backup into an empty data folder"), Args: cobra.MaximumNArgs(1),
		Long: t("先解包并逐项核对（行数、摘要、审计链、签名存证），全部一致才生效；不会覆盖已有的数据库。PLACE 是目录或 s3://桶/前缀，默认取最新的一份，--at 取某一时刻之前最新的一份。--rehearse 恢复到临时目录，核对、报告，然后删除。",
			"Unpacks and proves everything first (row counts, digests, audit chain, signed checkpoints) and only then becomes the installation; it never overwrites a database. PLACE is a folder or s3://bucket/prefix, of which the newest is taken, or with --at the newest not after that moment. --rehearse restores into a temporary folder, proves, reports and deletes."),
		Example: "  kezhi restore kezhi-2026-11-22.tar.gz --data /srv/kezhi\n  kezhi restore s3://bank-backup/kezhi --identity key.txt --at 2026-11-20T12:00:00Z --data /srv/new\n  kezhi restore /backup/kezhi --rehearse --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := c.config()
			if err != nil {
				return err
			}
			do, err := c.restorer(cmd.Context(), args, opt)
			if err != nil {
				return err
			}
			if opt.rehearse {
				return c.rehearse(do)
			}
			r, err := do(cfg.Data)
			if err != nil {
				return err
			}
			if c.json {
				return c.printJSON(map[string]any{"data": cfg.Data, "manifest": r.Manifest, "file_faults": orEmpty(r.Faults)})
			}
			m := r.Manifest
			c.print(t("已恢复到 %s：备份时间 %s，客户 %d，业务事实 %d，附件 %d（其中 %d 份有问题）。", "Restored to %s: made %s, %d customers, %d facts, %d files (%d of them wrong)."),
				cfg.Data, m.MadeAt.Format(time.DateTime), m.Rows["customer"], m.Rows["fact"], m.Files, len(r.Faults))
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.keys, "identity", "", t("解密用的 age 私钥文件", "file of the age secret key that opens it"))
	f.StringVar(&opt.passphrase, "passphrase-file", "", t("解密用的口令文件", "file of the passphrase that opens it"))
	f.StringVar(&opt.at, "at", "", t("取这一时刻（RFC 3339）之前最新的一份", "the newest not after this moment (RFC 3339)"))
	f.BoolVar(&opt.live, "live", false, t("取持续复制的内容，到 --at 的时刻或最新", "from the continuous copy, up to --at or the newest moment"))
	f.BoolVar(&opt.rehearse, "rehearse", false, t("演练：恢复到临时目录，核对后删除", "rehearsal: restore into a temporary folder, prove, delete"))
	c.jsonFlag(cmd)
	return cmd
}

// restorer finds out what is to be restored, and from where.
func (c *command) restorer(ctx context.Context, args []string, opt backupOptions) (func(dataDir string) (backup.Restored, error), error) {
	if len(args) == 1 {
		st, err := os.Stat(args[0])
		if !strings.HasPrefix(args[0], "s3://") && (err != nil || !st.IsDir()) {
			keys, err := backup.ReadKeys(opt.keys, opt.passphrase)
			return func(dataDir string) (backup.Restored, error) { return backup.Restore(ctx, args[0], dataDir, keys) }, err
		}
		opt.to = args[0]
	}
	var upto time.Time
	if opt.at != "" {
		var err error
		if upto, err = time.Parse(time.RFC3339, opt.at); err != nil {
			return nil, c.usage("--at 要写成 2026-11-20T12:00:00Z。", "--at is written like 2026-11-20T12:00:00Z.")
		}
	}
	keys, err := backup.ReadKeys(opt.keys, "")
	if err != nil {
		return nil, err
	}
	r, err := c.repository(ctx, opt)
	if err != nil {
		return nil, err
	}
	if opt.live {
		return func(dataDir string) (backup.Restored, error) {
			m, err := r.RestoreLive(ctx, upto, dataDir, keys)
			return backup.Restored{Manifest: m}, err
		}, nil
	}
	x, err := r.Choose(ctx, upto)
	if err != nil {
		return nil, err
	}
	return func(dataDir string) (backup.Restored, error) { return r.Restore(ctx, x, dataDir, keys) }, nil
}

func (c *command) rehearse(do func(string) (backup.Restored, error)) error {
	r, err := backup.Rehearse("", clock.System, do)
	if err != nil {
		return err
	}
	var failed error
	if len(r.Faults) > 0 {
		failed = errReported
	}
	if c.json {
		return errors.Join(c.printJSON(map[string]any{"ok": failed == nil, "manifest": r.Manifest, "file_faults": orEmpty(r.Faults), "seconds": r.Seconds}), failed)
	}
	m := r.Manifest
	c.print(c.lang.pick("演练成功：备份时间 %s，%.1f 秒恢复并核对完毕；客户 %d，业务事实 %d，审计记录 %d，附件 %d（其中 %d 份有问题）。临时目录已删除。", "The rehearsal: made %s, restored and proved in %.1f s; %d customers, %d facts, %d audit entries, %d files (%d of them wrong). The temporary folder is gone."),
		m.MadeAt.Format(time.DateTime), r.Seconds, m.Rows["customer"], m.Rows["fact"], m.AuditSeq, m.Files, len(r.Faults))
	return failed
}
