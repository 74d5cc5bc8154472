package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/files"
)

// verified is what verify found, as it is printed with --json.
type verified struct {
	Entries    int64         `json:"entries"`
	OK         bool          `json:"ok"`
	Head       string        `json:"head"`
	Checkpoint *signedAt     `json:"checkpoint"` // the newest that holds
	Keys       []string      `json:"keys"`       // the public keys that were believed
	Files      *int64        `json:"files,omitempty"`
	Faults     []files.Fault `json:"file_faults,omitempty"`
	Broken     *brokenAt     `json:"broken,omitempty"`
}

type signedAt struct {
	Entries int64     `json:"entries"`
	At      time.Time `json:"at"`
	Key     string    `json:"key"`
}

// brokenAt names the first entry that does not fit; seq is 0 when no entry is to blame.
type brokenAt struct {
	Seq     int64  `json:"seq"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type verifyOptions struct {
	files, sign bool
	key, pack   string
}

func (c *command) verifyCmd() *cobra.Command {
	t := c.lang.pick
	var opt verifyOptions
	cmd := &cobra.Command{
		Use: "verify", Short: t("核对审计链是否完整", "Prove that the audit chain is whole"), Args: cobra.NoArgs,
		Long: t("逐条核对审计链、与每个签名存证对照、确认数据库触发器仍在；只读，不升级数据库。完整时退出码为 0，否则指出第一条有问题的记录并以 1 退出。",
			"Proves entry after entry, holds the chain against every signed checkpoint and makes sure that the triggers are there; it only reads and does not migrate. Exit code 0 when all is whole; else it names the first entry that does not fit and exits with 1."),
		Example: "  kezhi verify --data /srv/kezhi --files --json\n  kezhi verify --data /srv/kezhi --db postgres://kezhi@localhost/kezhi\n  kezhi verify --pack evidence.zip --key keys",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opt.pack != "" {
				return c.verifyPack(opt)
			}
			cfg, err := c.config()
			if err != nil {
				return err
			}
			d, err := db.Open(cmd.Context(), cfg.Database(), db.Options{Readers: 2, MustExist: true, Log: c.logger(cfg, false)})
			if err != nil {
				return err
			}
			return errors.Join(c.verify(cmd.Context(), cfg, d, opt), d.Close())
		},
	}
	cmd.Flags().BoolVar(&opt.files, "files", false, t("同时核对每个附件的内容与摘要", "hold the content of every upload against its digest too"))
	cmd.Flags().BoolVar(&opt.sign, "sign", false, t("核对无误后签署新的存证", "sign a new checkpoint when all is whole"))
	cmd.Flags().StringVar(&opt.key, "key", "", t("只信任这些公钥（文件，一行一个）", "believe only the public keys in this file, one a line"))
	cmd.Flags().StringVar(&opt.pack, "pack", "", t("核对一个证据包，不需要数据目录", "prove an evidence pack; no data folder is needed"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) verify(ctx context.Context, cfg config.Config, d *db.DB, opt verifyOptions) error {
	keeper := audit.NewKeeper(d, cfg.AuditDir(), cfg.AuditKey, clock.System, cfg.Location())
	trusted, err := trustedKeys(keeper, opt.key)
	if err != nil {
		return err
	}
	chain, last, err := keeper.Prove(ctx, trusted...)
	out := verified{Entries: chain.Entries, OK: err == nil, Head: chain.Head, Keys: orEmpty(trusted)}
	if err != nil {
		if out.Broken = c.brokenBy(err); out.Broken == nil {
			return err
		}
	}
	if out.OK && opt.sign {
		if last, err = keeper.Sign(ctx); err != nil {
			return err
		}
		if out.Keys, err = keeper.PublicKeys(); err != nil {
			return err
		}
	}
	if last != nil {
		out.Checkpoint = &signedAt{last.Entries, last.At, last.Origin}
	}
	if opt.files {
		n, err := files.Check(ctx, d.Read(), filepath.Join(cfg.Data, "files"), func(f files.Fault) { out.Faults = append(out.Faults, f) })
		if err != nil {
			return err
		}
		out.Files, out.OK = &n, out.OK && len(out.Faults) == 0
	}
	return c.tellVerified(out)
}

// provedPack is what verify --pack found, as it is printed with --json.
type provedPack struct {
	OK         bool      `json:"ok"`
	Entries    int       `json:"entries"`
	Records    int       `json:"records"`
	Made       time.Time `json:"made_at"`
	By         string    `json:"by"`
	For        string    `json:"for"`
	Checkpoint signedAt  `json:"checkpoint"`
	Keys       []string  `json:"keys"`
	KeysKnown  bool      `json:"keys_known"` // they came from --key, not from the pack itself
	Problem    string    `json:"problem,omitempty"`
}

func (c *command) verifyPack(opt verifyOptions) error {
	t := c.lang.pick
	var trusted []string
	if opt.key != "" {
		var err error
		if trusted, err = trustedKeys(nil, opt.key); err != nil {
			return err
		}
	}
	f, err := os.Open(opt.pack)
	if err != nil {
		return errs.Wrap(err, errs.NotFound, "file.not_found", "path", opt.pack)
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil {
		return errs.Wrap(err, errs.NotFound, "file.not_found", "path", opt.pack)
	}
	p, err := audit.VerifyPack(f, st.Size(), trusted)
	out := provedPack{
		OK: err == nil, Entries: p.Entries, Records: p.Records, Made: p.Made, By: p.By, For: p.For, Checkpoint: signedAt{p.Mark.Entries, p.Mark.At, p.Mark.Origin},
		Keys: orEmpty(p.Keys), KeysKnown: p.Known,
	}
	var failed error
	if err != nil {
		out.Problem, failed = explainError(c.lang, err), errReported
	}
	switch {
	case c.json:
		return errors.Join(c.printJSON(out), failed)
	case err != nil:
		c.say("%s", out.Problem)
		return failed
	}
	c.print(t("证据包完好：%s 由%s制作，用途：%s；审计记录 %d 条，档案 %d 份，均在 %s 签名的 %d 条之内。", "The pack holds: made %s by %s for: %s; %d entries, %d records, all within what was signed on %s (%d entries)."),
		p.Made.Format(time.RFC3339), p.By, p.For, p.Entries, p.Records, p.Mark.At.Format(time.RFC3339), p.Mark.Entries)
	if !p.Known {
		c.print(t("公钥取自包内，请与单位另行公布的公钥核对：", "The public keys came from the pack itself; compare them with those the organisation gave you by another way:"))
	}
	for _, k := range p.Keys {
		c.print("%s", k)
	}
	return nil
}

// trustedKeys gives the public keys to believe: those of a file, or those of the installation itself.
func trustedKeys(k *audit.Keeper, file string) ([]string, error) {
	if file == "" {
		return k.PublicKeys()
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, errs.Wrap(err, errs.NotFound, "file.not_found", "path", file)
	}
	return strings.Fields(string(b)), nil
}

// brokenBy puts what the proof found into words; nil for an error that is no finding.
func (c *command) brokenBy(err error) *brokenAt {
	e, ok := errs.As(err)
	if !ok || e.Kind != errs.Conflict {
		return nil
	}
	seq, _ := e.Args["seq"].(int64)
	return &brokenAt{seq, e.Code, explainError(c.lang, err)}
}

func (c *command) tellVerified(v verified) error {
	t := c.lang.pick
	var failed error
	if !v.OK {
		failed = errReported
	}
	if c.json {
		return errors.Join(c.printJSON(v), failed)
	}
	if v.Broken != nil {
		c.say("%s", v.Broken.Message)
	} else {
		c.print(t("审计链完整，共 %d 条，链首 %s。", "The audit chain is whole: %d entries, head %s."), v.Entries, v.Head)
	}
	if v.Checkpoint != nil {
		c.print(t("最近的签名存证：%s，共 %d 条，密钥 %s。", "Newest signed checkpoint that holds: %s, %d entries, key %s."), v.Checkpoint.At.Format(time.RFC3339), v.Checkpoint.Entries, v.Checkpoint.Key)
	}
	for _, k := range v.Keys {
		c.print(t("公钥：%s", "Public key: %s"), k)
	}
	if v.Files != nil {
		c.print(t("附件 %d 份，有问题 %d 份。", "Uploads: %d, wrong: %d."), *v.Files, len(v.Faults))
		for _, f := range v.Faults {
			c.say("%s %s", f.Digest, f.Problem)
		}
	}
	return failed
}
