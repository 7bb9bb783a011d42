package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newBackup() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "backup [" + a.say("backup.value-file") + "]",
		Short:   a.say("backup.short"),
		Long:    a.say("backup.long"),
		Example: "  editorial backup\n  editorial backup /mnt/usb/deliveries.db",
		Args:    a.args(0, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runBackup(cmd.Context(), args) },
	}
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) newRestore() *cobra.Command {
	over := false
	cmd := &cobra.Command{
		Use:     "restore " + a.say("backup.value-file"),
		Short:   a.say("backup.restore-short"),
		Long:    a.say("backup.restore-long"),
		Example: "  editorial restore /mnt/usb/deliveries.db\n  editorial restore --over .editorial/backups/deliveries-2026-11-02-090000.db",
		Args:    a.args(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runRestore(cmd.Context(), args[0], over) },
	}
	a.jsonFlag(cmd)
	cmd.Flags().BoolVar(&over, "over", false, a.say("backup.flag-over"))
	return cmd
}

// deliveries is the office's database of deliveries, with what a command about it
// needs besides.
type deliveries struct {
	*store.Store
	zone civil.Zone
	now  time.Time
}

// openDeliveries opens the database that the configuration names. One that is a
// file is not made unless the command is to.
func (a *app) openDeliveries(ctx context.Context, makeOne bool) (*deliveries, error) {
	c, _, problems, err := config.ReadDir(a.dir, a.configOptions(a.set))
	if err != nil {
		return nil, err
	}
	if problem.Errors(problems) > 0 {
		return nil, a.badConfig(problems)
	}
	d := &deliveries{}
	if d.zone, err = civil.LoadZone(c.Site.Zone); err != nil {
		return nil, err
	}
	if d.now, err = a.clock(d.zone); err != nil {
		return nil, err
	}
	address := c.Delivery.Address(a.dir)
	if !makeOne && !store.IsURL(address) {
		if _, err := os.Stat(address); err != nil {
			return nil, a.noDeliveries(err)
		}
	}
	d.Store, err = store.Open(ctx, address)
	return d, err
}

// noDeliveries says that nothing was ever delivered.
func (a *app) noDeliveries(err error) error {
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	a.fail(a.say("backup.nothing"), "")
	return silent(ExitFound)
}

// jsonBackup is "backup --json".
type jsonBackup struct {
	Version    int       `json:"version"`
	File       string    `json:"file"`
	At         time.Time `json:"at"`
	Deliveries int       `json:"deliveries"`
}

func (a *app) runBackup(ctx context.Context, args []string) (err error) {
	d, err := a.openDeliveries(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	file := a.backupName("deliveries", d)
	if len(args) > 0 {
		file = args[0]
	}
	n, err := d.Backup(ctx, file, d.now)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(jsonBackup{1, filepath.ToSlash(file), d.now.In(d.zone.Location()), n})
	}
	a.printFlow("", a.words.Say("backup.done", problem.Params{"n": strconv.Itoa(n), "file": filepath.ToSlash(file)}))
	return nil
}

// backupName is the path of a backup that nobody named.
func (a *app) backupName(what string, d *deliveries) string {
	return filepath.Join(a.dir, office.StateDir, "backups", what+"-"+d.now.In(d.zone.Location()).Format("2006-01-02-150405")+".db")
}

// jsonRestore is "restore --json".
type jsonRestore struct {
	Version    int       `json:"version"`
	From       time.Time `json:"from"`
	Deliveries int       `json:"deliveries"`
	Doubted    int       `json:"doubted"`
	Before     string    `json:"before,omitempty"`
}

func (a *app) runRestore(ctx context.Context, file string, over bool) (err error) {
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return a.usage("backup.no-file", problem.Params{"file": filepath.ToSlash(file)})
	}
	d, err := a.openDeliveries(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	before := ""
	if over {
		before = a.backupName("before-restore", d)
	}
	done, err := d.Restore(ctx, store.Restore{File: file, At: d.now, Over: over, Keep: before})
	if err != nil {
		return notABackup(file, err)
	}
	from := done.From.In(d.zone.Location())
	if a.json {
		return a.printJSON(jsonRestore{1, from, done.Deliveries, done.Doubted, filepath.ToSlash(before)})
	}
	wall := d.zone.DateTime(from)
	a.printFlow("", a.words.Say("backup.restored", problem.Params{
		"n": strconv.Itoa(done.Deliveries), "date": a.words.LongDate(wall.Date), "time": wall.Clock.String(),
	}))
	if done.Doubted > 0 {
		a.printFlow("  ", a.count("backup.doubted", done.Doubted))
	}
	if before != "" {
		a.printFlow("  ", a.words.Say("backup.before", problem.Params{"file": words.Inert(filepath.ToSlash(before))}))
	}
	return nil
}

// notABackup says of a file that is no database of ours that it is no backup,
// instead of what a broken database of the office would need.
func notABackup(file string, err error) error {
	var p problem.Problem
	if errors.As(store.Explain(err), &p) && (p.Code == store.CodeNone || p.Code == store.CodeForeign) {
		return problem.Problem{Code: store.CodeNoBackup, Params: problem.Params{"file": filepath.ToSlash(file)}, Cause: err}
	}
	return err
}
