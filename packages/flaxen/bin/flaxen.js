#!/usr/bin/env node
// Stands before anything is built: a package manager links what is there when it installs.
import "../dist/cli/main.js";
