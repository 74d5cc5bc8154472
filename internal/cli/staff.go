package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
	"kezhi/internal/staff"
	"kezhi/internal/words"
)

// userImportCmd brings people, or the units they work in, in from a sheet.
func (c *command) userImportCmd() *cobra.Command {
	t := c.lang.pick
	var units, dry bool
	var undo string
	cmd := &cobra.Command{
		Use: "import [FILE]", Short: t("从表格导入人员或部门（CSV、XLSX）", "Import people or units from a sheet (CSV, XLSX)"), Args: cobra.MaximumNArgs(1),
		Example: "  kezhi user import staff.xlsx --dry-run\n  kezhi user import units.csv --units\n  kezhi user import --undo 1234567890",
		RunE: func(cmd *cobra.Command, a []string) error {
			if (undo == "") == (len(a) == 0) {
				return c.usage("请给出一个文件，或者用 --undo 撤销一次导入。", "Name one file, or take an import back with --undo.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, x *app.App) error {
				if undo != "" {
					n, err := id.Parse(undo)
					if err != nil {
						return err
					}
					r, err := x.Staff.Undo(ctx, n, nil)
					if err != nil {
						return err
					}
					return c.tellStaff(undo, r)
				}
				return c.importStaff(ctx, x, a[0], units, dry)
			})
		},
	}
	cmd.Flags().BoolVar(&units, "units", false, t("表格里是部门，不是人员", "the sheet holds units, not people"))
	cmd.Flags().BoolVar(&dry, "dry-run", false, t("只检查，不改动", "only check, change nothing"))
	cmd.Flags().StringVar(&undo, "undo", "", t("撤销这个编号的导入", "take back the import of this id"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) importStaff(ctx context.Context, x *app.App, path string, units, dry bool) error {
	target := staff.People
	if units {
		target = staff.Units
	}
	f, err := os.Open(path)
	if err != nil {
		return c.usage("打不开文件："+path, "The file cannot be opened: "+path)
	}
	defer func() { _ = f.Close() }()
	m, plan, err := x.Staff.Upload(ctx, f, filepath.Base(path), target)
	if err != nil {
		return err
	}
	if dry {
		r := staff.Result{Unchanged: plan.Unchanged, Problems: plan.Problems}
		for _, step := range plan.Steps {
			if step.New {
				r.Created++
			} else {
				r.Updated++
			}
		}
		return c.tellStaff(id.String(m.ID), r)
	}
	r, err := x.Staff.Apply(ctx, m.ID, nil)
	if err != nil {
		return err
	}
	return c.tellStaff(id.String(m.ID), r)
}

func (c *command) tellStaff(importID string, r staff.Result) error {
	if c.json {
		if r.Problems == nil {
			r.Problems = []staff.Problem{}
		}
		return c.printJSON(struct {
			ImportID string `json:"import_id"`
			staff.Result
		}{importID, r})
	}
	for _, p := range r.Problems {
		c.print(c.lang.pick("第 %d 行 %s %s：%s", "Line %d %s %s: %s"), p.Line, p.Key, p.Field, words.Sentence(string(c.lang), p.Code, p.Args))
	}
	c.print(c.lang.pick("新增 %d，更新 %d，未变 %d，保留 %d，有问题 %d（导入编号 %s）。", "%d added, %d changed, %d unchanged, %d kept, %d refused (import %s)."), r.Created, r.Updated, r.Unchanged, r.Kept, len(r.Problems), importID)
	return nil
}

// userExportCmd writes people or units as a sheet.
func (c *command) userExportCmd() *cobra.Command {
	t := c.lang.pick
	var units bool
	cmd := &cobra.Command{
		Use: "export FILE", Short: t("把人员或部门导出为表格（CSV、XLSX）", "Export people or units as a sheet (CSV, XLSX)"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, a []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, x *app.App) error {
				target, format := staff.People, sheet.FormatCSV
				if units {
					target = staff.Units
				}
				if strings.HasSuffix(strings.ToLower(a[0]), ".xlsx") {
					format = sheet.FormatXLSX
				}
				f, err := os.Create(a[0])
				if err != nil {
					return c.usage("写不了文件："+a[0], "The file cannot be written: "+a[0])
				}
				if err := x.Staff.Export(ctx, f, target, t("zh", "en"), format); err != nil {
					_ = f.Close()
					return err
				}
				return f.Close()
			})
		},
	}
	cmd.Flags().BoolVar(&units, "units", false, t("导出部门，不是人员", "units, not people"))
	return cmd
}
