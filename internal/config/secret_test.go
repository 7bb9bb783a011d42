package config_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"github.com/BurntSushi/toml"

	"editorial/internal/config"
)

// shaker writes a value in one way.
type shaker struct {
	name  string
	write func(v any) string
}

func shakers() []shaker {
	var all []shaker
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "% X", "%d", "%t", "%10.3s", "%U", "%!"} {
		all = append(all, shaker{verb, func(v any) string { return fmt.Sprintf(verb, v) }})
	}
	return append(all,
		shaker{"Print", func(v any) string { return fmt.Sprint(v) }},
		shaker{"error", func(v any) string { return fmt.Errorf("mail: %v", v).Error() }},
		shaker{"JSON", func(v any) string { return encoded(json.Marshal(v)) }},
		shaker{"TOML", func(v any) string { return encoded(toml.Marshal(map[string]any{"v": v})) }},
		shaker{"XML", func(v any) string { return encoded(xml.Marshal(v)) }},
		shaker{"slog text", func(v any) string {
			var b bytes.Buffer
			slog.New(slog.NewTextHandler(&b, nil)).Info("m", "v", v)
			return b.String()
		}},
		shaker{"slog JSON", func(v any) string {
			var b bytes.Buffer
			slog.New(slog.NewJSONHandler(&b, nil)).Info("m", slog.Group("g", slog.Any("v", v)))
			return b.String()
		}},
		shaker{"template", func(v any) string {
			var b bytes.Buffer
			err := template.Must(template.New("").Parse("{{.}} {{printf \"%v\" .}}")).Execute(&b, v)
			return encoded(b.Bytes(), err)
		}},
	)
}

func encoded(b []byte, err error) string {
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func TestSecret_isNeverShown(t *testing.T) {
	t.Parallel()
	const text = "hunter2"
	s := config.NewSecret(text)
	type exported struct{ Secret config.Secret }
	type unexported struct{ secret config.Secret }
	cfg := config.Default()
	cfg.Newsletter.SMTP.Password = s
	for _, sh := range shakers() {
		for name, v := range map[string]any{
			"alone": s, "pointer": &s, "field": exported{s}, "pointer to a struct": &exported{s}, "unexported field": unexported{s},
			"pointer to unexported": &unexported{s}, "slice": []config.Secret{s}, "map": map[string]config.Secret{"k": s}, "in any": []any{s, &s},
			"configuration": cfg, "pointer to it": &cfg,
		} {
			got := func() (out string) {
				// An encoder that cannot write a type may say so; it must not tell.
				defer func() {
					if r := recover(); r != nil {
						out = fmt.Sprint(r)
					}
				}()
				return sh.write(v)
			}()
			for _, leak := range []string{text, fmt.Sprintf("%x", text), fmt.Sprintf("% X", text)} {
				if strings.Contains(got, leak) {
					t.Errorf("%s, %s: %q", sh.name, name, got)
				}
			}
		}
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if got := fmt.Sprintf(verb, s); got != "***" {
			t.Errorf("%s: got %q, want ***", verb, got)
		}
	}
	if s.Reveal() != text {
		t.Errorf("Reveal gives %q", s.Reveal())
	}
}

func TestSecret_equality(t *testing.T) {
	t.Parallel()
	a, b, none := config.NewSecret("a"), config.NewSecret("b"), config.NewSecret("")
	if !a.Equal(config.NewSecret("a")) || a.Equal(b) || a.Equal(none) || !none.Equal(config.Secret{}) {
		t.Error("Equal does not compare the texts")
	}
	if !none.IsZero() || none.String() != "" || a.IsZero() {
		t.Error("an empty text is a secret")
	}
}
