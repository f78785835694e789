#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A short run of tests/kill.sh; `make kill` is the long one.
exec "$(dirname "$0")/../kill.sh" 10
