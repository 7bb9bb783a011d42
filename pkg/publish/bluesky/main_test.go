package bluesky_test

import (
	"testing"

	"editorial/internal/need/chance"
)

func TestMain(m *testing.M) { chance.Run(m) }
