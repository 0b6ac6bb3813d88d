// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.hpp"

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace truce::test {

Program::Program(const std::filesystem::path& folder, const std::vector<std::string>& words,
                 const std::function<void()>& prepare)
    : out_(folder / ".out"), err_(folder / ".err") {
  std::vector<const char*> pointers;
  for (const auto& word : words) pointers.push_back(word.c_str());
  pointers.push_back(nullptr);
  write_file(out_, "");
  write_file(err_, "");
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("no new process");
  if (process_ > 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves nothing running
  const int out = ::open(out_.c_str(), O_WRONLY | O_APPEND);
  const int err = ::open(err_.c_str(), O_WRONLY | O_APPEND);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::close(out);
  ::close(err);
  std::signal(SIGINT, SIG_DFL);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  if (prepare) prepare();
  ::execv(pointers.front(), const_cast<char* const*>(pointers.data()));
  ::_exit(127);
}

Program::~Program() {
  if (reaped_) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, &status_, 0);
}

void Program::send(int signal) const {
  ::kill(process_, signal);
}

std::string Program::err() const {
  return read_file(err_);
}

bool Program::has_ended() {
  if (!reaped_) reaped_ = ::waitpid(process_, &status_, WNOHANG) == process_;
  return reaped_;
}

bool Program::wait_for(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(3);
  while (std::chrono::steady_clock::now() < end && !has_ended()) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

Ended Program::wait() {
  wait_for([] { return false; });
  if (!has_ended()) {
    send(SIGKILL);
    ::waitpid(process_, &status_, 0);
    reaped_ = true;
  }
  return {WIFEXITED(status_) ? WEXITSTATUS(status_) : -1,
          WIFSIGNALED(status_) ? WTERMSIG(status_) : 0, read_file(out_), read_file(err_)};
}

std::vector<std::string> truce_words(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), TRUCE_PROGRAM);
  return arguments;
}

Ended truce(const std::filesystem::path& folder, std::vector<std::string> arguments,
            const std::function<void()>& prepare) {
  return Program(folder, truce_words(std::move(arguments)), prepare).wait();
}

std::string with(std::string_view text, std::string_view old_part, std::string_view new_part) {
  const auto place = text.find(old_part);
  if (place == std::string_view::npos || text.find(old_part, place + 1) != std::string_view::npos) {
    throw std::runtime_error("not there exactly once: " + std::string(old_part));
  }
  return std::string(text.substr(0, place)) + std::string(new_part) +
         std::string(text.substr(place + old_part.size()));
}

const std::string_view small_scenario = R"(truce: 1
name: Small
start: 2026-07-01
horizon: 60 days
ceasefire: {takes_effect: 2026-07-11}
places:
  depot: {at: [50.0, 22.0], country: PL}
  town: {at: [49.8, 24.0], country: UA}
  camp: {at: [49.0, 31.0], country: UA}
routes:
  road: {from: depot, to: town, time: {uniform: [1 day, 2 days]}}
  track: {from: town, to: camp, time: 1 day}
contributors:
  norway:
    pledges:
      monitors: {function: monitoring, troops: 80 troops, from: depot, hubs: [town], contingents: 2}
  poland:
    pledges:
      guards: {function: reassurance, troops: {uniform: [100 troops, 300 troops]}, from: depot, hubs: [camp]}
hubs:
  town: {place: town}
  camp: {place: camp, beds: 500 troops}
incident_types:
  shelling: {share: 0.8, grade: serious}
  shooting: {share: 0.2, grade: minor, violations: {poisson: 3}}
sectors:
  east:
    from: [49.0, 37.0]
    to: [48.0, 38.0]
    length: 150 km
    incidents: {rate: 2 /day, branching: 0.4}
    spills_into: {south: 0.1}
    access_denied: 0.1
  south:
    from: [48.0, 38.0]
    to: [47.0, 36.0]
    length: 180 km
    incidents: {rate: 1 /day}
sensors:
  camera: {swath: 10 km, detects: {shelling: 0.9, shooting: 0.5}, delay: {exponential: 1 h}}
cells:
  near: {hub: town, watches: [east], teams: 4, sensors: {camera: 10}}
  far: {watches: [east, south], teams: 2, sensors: {camera: 8}}
verification:
  work: {exponential: 6 h}
  analysis: 1 day
  expires_after: 30 days
  access_retries: 2
  attribution: {in_country: 0.8, neighbouring: 0.5, remote: 20 %}
coordination: {desks: 2, work: 3 h}
capability:
  initial: {troops: 100 troops}
  full: {troops: 200 troops, teams: 0.5, coverage: 0.4}
experiment: {replications: 64, seed: 7}
)";

}  // namespace truce::test
