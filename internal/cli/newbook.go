package cli

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kezhi/internal/errs"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

func (c *command) newCmd() *cobra.Command {
	t := c.lang.pick
	var zh, en string
	cmd := &cobra.Command{
		Use: "new DIR", Short: t("建立一份新制度：三个文件，检查和例子都通过", "Begin a new rulebook: three files that pass their check and cases"), Args: cobra.ExactArgs(1),
		Long: t("目录名就是制度编号，目录必须还不存在。", "The folder's name is the rulebook's id; the folder must not exist yet."),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := filepath.Clean(args[0])
			in := rulebook.DraftInput{Template: &rulebook.Template{ID: filepath.Base(dir), Title: rule.Text{Zh: zh, En: en}}}
			if zh == "" && en == "" {
				in.Template.Title = rule.Text{Zh: in.Template.ID, En: in.Template.ID}
			}
			if err := in.Validate(); err != nil {
				return err
			}
			files, err := rulebook.Fresh(*in.Template)
			if err != nil {
				return err
			}
			if err := os.Mkdir(dir, 0o750); err != nil {
				return errs.Wrap(err, errs.Conflict, "rulebook.folder_exists", "path", dir)
			}
			for name, text := range files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640); err != nil {
					return err
				}
			}
			c.print(t("已建立 %s。改好后运行 kezhi rulebook check %s。", "Made %s. Edit it, then run kezhi rulebook check %s."), dir, dir)
			return nil
		},
	}
	cmd.Flags().StringVar(&zh, "zh", "", t("中文名称", "name in Chinese"))
	cmd.Flags().StringVar(&en, "en", "", t("英文名称", "name in English"))
	return cmd
}
