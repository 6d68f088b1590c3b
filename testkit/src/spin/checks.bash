# Has SPIN check a model and its seeded defects; to be read in by src/spin/run of a module, which says
#   model        the model
#   optimized    how gcc compiles the search, -O2 unless said otherwise
#   what_failed  a function that prints, in words, the assertion that failed, its first argument; or nothing
# and then checks; "failed" is 1 in the end if a model has an error, or a defect none.
# Its own first argument is a directory for what is generated. Prints a line for each check.
name=$(basename "$model" .pml)
optimized=-O2
failed=0
mkdir -p "$1"
cd "$1"

for tool in spin gcc; do
  if ! command -v "$tool" >/dev/null; then
    echo "The model needs spin and gcc. model=$name missing=$tool. Install both, for example: apt-get install spin gcc" >&2
    exit 1
  fi
done

# Says what the assertion that failed was about.
describe_failure() {
  local words=
  words=$(what_failed "$(sed -n 's/^pan:1: assertion violated *//p' pan.log)")
  echo "${words:-$(sed -n 's/^pan:1: //p' pan.log)}"
}

# check CASE EXPECTED MACRO...: EXPECTED is 0 for the model as it is, 1 for a seeded defect.
check() {
  local case=$1 expected=$2 errors states status=0
  shift 2
  rm -f pan pan.* ./*.trail
  if ! spin -a "${@/#/-D}" "$model" >spin.log 2>&1 ||
    ! gcc "$optimized" -w -DSAFETY -DCOLLAPSE -o pan pan.c >>spin.log 2>&1; then
    cat spin.log
    echo "SPIN $name $case: the model could not be built"
    failed=1
    return
  fi
  ./pan -m1000000 -n >pan.log 2>&1 || status=$?
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.log)
  states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.log)
  if ((status != 0)) || [[ -z $errors ]] || grep -q 'Search not completed\|max search depth\|out of memory' pan.log && ((expected == 0)); then
    cat pan.log
    [[ -f $name.pml.trail ]] && spin -t -p -g "${@/#/-D}" "$model" | tail -n 120
    echo "SPIN $name $case ($*): the search did not end, or found an error in the model as it is"
    failed=1
  elif ((expected == 0 && errors == 0)); then
    echo "SPIN $name $case ($*): no errors, $states states"
  elif ((expected == 1)) && [[ -n $errors ]] && ((errors > 0)); then
    echo "SPIN $name $case ($*): error found as seeded, $(describe_failure), $states states"
  else
    cat pan.log
    echo "SPIN $name $case ($*): expected errors=$expected, found errors=${errors:-none counted}"
    failed=1
  fi
}
