package config

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/value"
)

// scalar decodes a single value. What is wrong leaves the default in place.
func (d *decoder) scalar(dst reflect.Value, v value.Value, s spot) {
	wrong := func(code problem.Code) { d.find(s, code, problem.Params{"value": shown(v)}) }
	switch x := dst.Addr().Interface().(type) {
	case *bool:
		if v.Kind != value.Bool {
			wrong(CodeNotBoolean)
			return
		}
		*x = v.Bool
	case *int:
		if v.Kind != value.Int {
			wrong(CodeNotInteger)
			return
		}
		d.within(s, v, v.Int, strconv.Itoa, func(n int) { *x = n })
	case *float64:
		f, ok := number(v)
		if !ok {
			wrong(CodeNotNumber)
			return
		}
		*x = f
	case *PerMille:
		d.thousandths(s, v, "0..1000", func(n int) { *x = PerMille(n) })
	case *Weight:
		d.thousandths(s, v, "1..10000", func(n int) { *x = Weight(n) })
	case *Amount:
		d.amount(s, v, x)
	case *Secret:
		d.secret(s, v, x)
	default:
		d.written(dst, v, s)
	}
}

// written decodes what is a text or may be one.
func (d *decoder) written(dst reflect.Value, v value.Value, s spot) {
	wrong := func(code problem.Code) { d.find(s, code, problem.Params{"value": shown(v)}) }
	text := v.Kind == value.String
	timed := text || v.Kind == value.Time
	var err error
	var code problem.Code
	switch x := dst.Addr().Interface().(type) {
	case *civil.Date:
		code, err = CodeNotDate, take(x, timed, v.Str, civil.ParseDate)
	case *civil.Clock:
		code, err = CodeNotClock, take(x, timed, v.Str, civil.ParseClock)
	case *Weekday:
		code, err = CodeNotWeekday, take(x, text, v.Str, parseWeekday)
	case *WeekTime:
		code, err = CodeNotWeekTime, take(x, text, v.Str, parseWeekTime)
	case *civil.Span:
		code, err = CodeNotSpan, take(x, text, v.Str, civil.ParseSpan)
		if err == nil && s.is == "days" && x.Minutes != 0 {
			code, err = CodeNotDays, errForm
		}
	case *Work:
		d.work(s, v, x)
		return
	default:
		if !text {
			wrong(CodeNotText)
		} else if k, ok := dst.Interface().(known); ok {
			if d.among(s, v.Str, k.Known()) {
				dst.SetString(v.Str)
			}
		} else if d.text(s, v.Str, s.is) {
			dst.SetString(v.Str)
		}
		return
	}
	if err != nil {
		wrong(code)
	}
}

// errForm is any text that has not the form asked for.
var errForm = fmt.Errorf("wrong form")

// take parses a text into x, if there is one.
func take[T any](x *T, ok bool, text string, parse func(string) (T, error)) error {
	if !ok {
		return errForm
	}
	y, err := parse(text)
	if err == nil {
		*x = y
	}
	return err
}

func parseWeekday(s string) (Weekday, error) {
	d, err := civil.ParseWeekday(s)
	return Weekday(d), err
}

func parseWeekTime(s string) (WeekTime, error) {
	day, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	d, err := parseWeekday(day)
	if err != nil {
		return WeekTime{}, err
	}
	c, err := civil.ParseClock(strings.TrimSpace(rest))
	return WeekTime{d, c}, err
}

// within keeps a whole number inside the bounds of its key.
func (d *decoder) within(s spot, v value.Value, n int64, format func(int) string, set func(int)) {
	lo, hi, ok := strings.Cut(s.bounds, "..")
	low, err1 := strconv.Atoi(lo)
	high, err2 := strconv.Atoi(hi)
	if !ok || err1 != nil || err2 != nil {
		low, high = 0, math.MaxInt32
	}
	if n < int64(low) || n > int64(high) {
		d.find(s, CodeOutOfRange, problem.Params{"value": shown(v), "min": format(low), "max": format(high)})
		return
	}
	set(int(n))
}

func (d *decoder) thousandths(s spot, v value.Value, bounds string, set func(int)) {
	f, ok := number(v)
	if !ok {
		d.find(s, CodeNotNumber, problem.Params{"value": shown(v)})
		return
	}
	n, ok := thousandths(f)
	if !ok {
		n = math.MaxInt32
	}
	if s.bounds == "" {
		s.bounds = bounds
	}
	d.within(s, v, int64(n), func(n int) string { return PerMille(n).String() }, set)
}

func (d *decoder) work(s spot, v value.Value, x *Work) {
	minutes := 0
	if f, ok := number(v); ok {
		minutes = int(math.Round(max(-1, min(f, 1e6)) * 60))
	} else if v.Kind == value.String {
		var err error
		if minutes, err = civil.ParseWork(v.Str); err != nil {
			d.find(s, CodeNotWork, problem.Params{"value": shown(v)})
			return
		}
	} else {
		d.find(s, CodeNotWork, problem.Params{"value": shown(v)})
		return
	}
	d.within(s, v, int64(minutes), func(n int) string { return Work(n).String() }, func(n int) { *x = Work(n) })
}

func (d *decoder) amount(s spot, v value.Value, x *Amount) {
	f, ok := number(v)
	if !ok {
		d.find(s, CodeNotNumber, problem.Params{"value": shown(v)})
		return
	}
	if f < 0 || f > float64(maxAmount)/100 {
		d.find(s, CodeOutOfRange, problem.Params{"value": shown(v), "min": "0", "max": maxAmount.String()})
		return
	}
	*x = Amount(math.Round(f * 100))
}

// secret takes a secret in. No problem shows any of it.
func (d *decoder) secret(s spot, v value.Value, x *Secret) {
	if v.Kind != value.String {
		d.find(s, CodeNotText, problem.Params{"value": hidden})
		return
	}
	*x = NewSecret(v.Str)
	if s.at.Source == FromFile && v.Str != "" && !(s.is == "database" && !hasPassword(v.Str)) {
		d.add(s, problem.Warning, CodeOpenSecret, problem.Params{"variable": variable(s.key)})
	}
}

// number returns a finite number.
func number(v value.Value) (float64, bool) {
	switch v.Kind {
	case value.Int:
		return float64(v.Int), true
	case value.Float:
		return v.Float, !math.IsNaN(v.Float) && !math.IsInf(v.Float, 0)
	}
	return 0, false
}
