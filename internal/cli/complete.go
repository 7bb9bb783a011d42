package cli

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/content"
	"editorial/pkg/publish/journal"
	"editorial/pkg/words"
)

// Completion is silent: an office that cannot be read completes nothing.

// complete lets the shell complete a flag with names from the office.
func (a *app) complete(cmd *cobra.Command, flag string, names func(*office.Office) []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		o, err := a.loadQuietly(cmd.Context())
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		// Of "blog,face" the last part is completed.
		done, last := "", typed
		if i := strings.LastIndexByte(typed, ','); i >= 0 {
			done, last = typed[:i+1], typed[i+1:]
		}
		var all []cobra.Completion
		for _, name := range names(o) {
			if strings.HasPrefix(name, last) {
				all = append(all, done+name)
			}
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	})
}

// completePost completes the one argument of a command that takes a post: the
// slug, or the path where somebody has begun to type one.
func (a *app) completePost(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	o, err := a.loadQuietly(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	paths := strings.HasPrefix(typed, office.ContentDir+"/")
	var all []cobra.Completion
	for _, p := range o.Corpus.Posts {
		name := p.Slug
		if paths {
			name = office.ContentDir + "/" + p.Path
		}
		if p.Edition.IsZero() && strings.HasPrefix(name, typed) {
			all = append(all, cobra.CompletionWithDesc(name, words.Inert(p.Title)))
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}

// fixed completes with the same few names everywhere.
func fixed(names ...string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

func stageNames(*office.Office) []string {
	var names []string
	for _, s := range content.Stages() {
		names = append(names, string(s))
	}
	return names
}

// completeKey completes the keys of config.toml that may be asked for.
func (a *app) completeKey(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	o, err := a.loadQuietly(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var all []cobra.Completion
	for _, e := range config.Entries(o.Config, o.Origins, "") {
		if strings.HasPrefix(e.Key, typed) {
			all = append(all, e.Key)
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}

// completeDelivery completes the short names of deliveries that are not out, where
// there is a database that is a file.
func (a *app) completeDelivery(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	c, _, _, err := config.ReadDir(a.dir, a.configOptions(a.set))
	address := c.Delivery.Address(a.dir)
	if _, serr := os.Stat(address); err != nil || len(args) > 0 || serr != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	s, err := store.Open(cmd.Context(), address)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer s.Close()
	deliveries, err := s.All(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var all []cobra.Completion
	for _, d := range deliveries {
		if id := shortID(d.Key); d.State != journal.Published && d.State != journal.Cancelled && strings.HasPrefix(id, typed) {
			all = append(all, cobra.CompletionWithDesc(id, words.Inert(d.Platform+" "+d.Title)))
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}
