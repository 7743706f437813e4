# Sourced by mvnw and mallard: sets JAVA_HOME to a JDK that can build and run Mallard, or leaves it and returns 1.
# Looks at JAVA_HOME, at java on PATH, then at the usual places; there 25 itself goes before anything newer.

jdk_required=25

# The feature release of the JDK at $1; nothing if there is no JDK.
jdk_feature() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p'
  fi
}

jdk_is_enough() {
  jdk_found=$(jdk_feature "$1")
  [ "${jdk_found:-0}" -ge "$jdk_required" ]
}

jdk_on_path() {
  jdk_java=$(command -v java) || return 1
  jdk_java=$(readlink -f "$jdk_java" 2>/dev/null || printf '%s' "$jdk_java")
  printf '%s' "${jdk_java%/bin/java}"
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_is_enough "$JAVA_HOME"; then
    return 0
  fi
  if jdk_home=$(jdk_on_path) && jdk_is_enough "$jdk_home"; then
    JAVA_HOME=$jdk_home
    return 0
  fi
  jdk_newer=
  for jdk_home in /usr/lib/jvm/* /usr/local/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/*; do
    jdk_is_enough "$jdk_home" || continue
    if [ "$jdk_found" -eq "$jdk_required" ]; then
      JAVA_HOME=$jdk_home
      return 0
    fi
    jdk_newer=$jdk_home
  done
  [ -n "$jdk_newer" ] && JAVA_HOME=$jdk_newer
}

find_jdk && export JAVA_HOME
