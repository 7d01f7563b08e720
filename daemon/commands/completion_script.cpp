#include "daemon/commands/completion_script.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

/// A command with the words that lead to it: {"ticket", "reply"}; the program itself has none.
struct Place {
    std::vector<std::string> path = {};
    std::vector<Command> commands = {};   ///< that may follow
    std::vector<Option> options = {};     ///< those with dashes
    std::vector<std::string> words = {};  ///< known words by their place
};

/// What stands before or behind any command.
std::vector<Option> options_everywhere() {
    return {value("--config", "folder with the configuration").called("DIR"),
            flag("--json", "print the result as JSON"), flag("--help", "print help and exit")};
}

void collect(const Command& command, std::vector<std::string> path, std::vector<Place>& places) {
    path.push_back(command.name);
    Place place{path, command.commands, {}, {}};
    for (const Option& option : command.options) {
        if (option.name.starts_with('-')) {
            place.options.push_back(option);
        } else {
            place.words.insert(place.words.end(), option.known.begin(), option.known.end());
        }
    }
    places.push_back(std::move(place));
    for (const Command& one : command.commands) collect(one, path, places);
}

std::vector<Place> places_of(const std::vector<Command>& commands) {
    std::vector<Place> places{{{}, commands, {flag("--version", "print the version")}, {}}};
    for (const Command& one : commands) collect(one, {}, places);
    for (Place& place : places) {
        for (Option& one : options_everywhere()) place.options.push_back(std::move(one));
    }
    return places;
}

/// In single quotes, as all three shells read them; a quote itself ends them, stands alone, and
/// begins them anew.
std::string shell_word(std::string_view text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return result + "'";
}

std::string names_of(const Place& place) {
    std::vector<std::string> names = parsers::names_of(place.commands);
    for (const Option& option : place.options) names.push_back(option.name);
    names.insert(names.end(), place.words.begin(), place.words.end());
    return parsers::joined(names, " ");
}

std::string path_of(const Place& place) {
    return parsers::joined(place.path, " ");
}

bool takes_value(const Option& option) {
    return option.takes != Option::Takes::nothing;
}

// ---- bash ----

/// The values of options that know them: `"ticket list:--state") words="open closed" ;;`
std::string bash_values(const Place& place) {
    std::string text;
    for (const Option& option : place.options) {
        if (option.known.empty()) continue;
        text +=
            fmt::format("        {}) words={} ;;\n", shell_word(path_of(place) + ":" + option.name),
                        shell_word(parsers::joined(option.known, " ")));
    }
    return text;
}

std::string bash_script(const std::string& program, const std::vector<Place>& places) {
    std::string values;
    std::string words;
    std::string commands;
    std::vector<std::string> with_value;
    for (const Place& place : places) {
        values += bash_values(place);
        words += fmt::format("        {}) words={} ;;\n", shell_word(path_of(place)),
                             shell_word(names_of(place)));
        if (!place.path.empty()) commands += fmt::format("|{}", shell_word(path_of(place)));
        for (const Option& option : place.options) {
            const bool is_new = !parsers::contains(with_value, option.name);
            if (takes_value(option) && is_new) with_value.push_back(option.name);
        }
    }
    return fmt::format(R"(# bash completion for {0}
_{0}() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} path='' word words='' i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        word=${{path:+$path }}${{COMP_WORDS[i]}}
        case ${{COMP_WORDS[i]}} in
        {1}) ((++i)); continue ;;
        esac
        case $word in
        {2}) path=$word ;;
        esac
    done
    case $path:$before in
{3}        *:{4}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    *)
        case $path in
{5}        esac
        ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    if [[ ${{#COMPREPLY[@]}} -eq 0 && $current != -* ]]; then
        COMPREPLY=($(compgen -f -- "$current"))
    fi
}}
complete -o filenames -F _{0} {0}
)",
                       program, parsers::joined(with_value, "|"), commands.substr(1), values,
                       parsers::joined(with_value, "|*:"), words);
}

// ---- fish ----

/// True while the words before the cursor lead to this place.
std::string fish_condition(const std::string& program, const Place& place) {
    return fmt::format("'__{}_at {}'", program, place.path.empty() ? "-" : path_of(place));
}

std::string fish_option(const std::string& lead, const Option& option) {
    std::string line =
        fmt::format("{} -l {} -d {}", lead, option.name.substr(2), shell_word(option.what));
    if (takes_value(option)) line += " -r";
    if (!option.known.empty()) line += " -f -a " + shell_word(parsers::joined(option.known, " "));
    return line + '\n';
}

std::string fish_script(const std::string& program, const std::vector<Place>& places) {
    std::string paths;
    std::string lines;
    for (const Place& place : places) {
        if (!place.path.empty()) paths += " " + shell_word(path_of(place));
        const std::string lead =
            fmt::format("complete -c {} -n {}", program, fish_condition(program, place));
        for (const Command& one : place.commands) {
            lines += fmt::format("{} -f -a {} -d {}\n", lead, one.name, shell_word(one.what));
        }
        for (const std::string& word : place.words) lines += fmt::format("{} -a {}\n", lead, word);
        for (const Option& option : place.options) lines += fish_option(lead, option);
    }
    return fmt::format(R"(# fish completion for {0}
function __{0}_at
    set -l path
    for word in (commandline -opc)[2..]
        set -l longer (string join ' ' $path $word)
        contains -- $longer {1}; and set path $longer
    end
    test -z "$path"; and set path -
    test "$path" = "$argv"
end
{2})",
                       program, paths.substr(1), lines);
}

// ---- zsh ----

/// A description inside '...[...]' may have neither brackets nor colons.
std::string zsh_words(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

std::string zsh_option(const Option& option) {
    const char* const again = option.takes == Option::Takes::several ? "*" : "";
    std::string text = fmt::format("{}{}[{}]", again, option.name, zsh_words(option.what));
    if (takes_value(option)) {
        const std::string values =
            option.known.empty() ? "_files" : "(" + parsers::joined(option.known, " ") + ")";
        text += fmt::format(":value:{}", values);
    }
    return "            " + shell_word(text) + " \\\n";
}

std::string zsh_place(const Place& place) {
    std::string text =
        fmt::format("    {})\n        _arguments -S \\\n", shell_word(path_of(place)));
    for (const Option& option : place.options) text += zsh_option(option);
    if (!place.commands.empty()) {
        text += "            '*::command:->following'\n        following=(";
        for (const Command& one : place.commands) {
            text += "\n            " + shell_word(one.name + ":" + zsh_words(one.what));
        }
        return text + ")\n        ;;\n";
    }
    const std::string values =
        place.words.empty() ? "_files" : "(" + parsers::joined(place.words, " ") + ")";
    return text + fmt::format("            '*:word:{}'\n        ;;\n", values);
}

std::string zsh_script(const std::string& program, const std::vector<Place>& places) {
    std::string paths;
    std::string text;
    for (const Place& place : places) {
        if (!place.path.empty()) paths += " " + shell_word(path_of(place));
        text += zsh_place(place);
    }
    return fmt::format(R"(#compdef {0}
# zsh completion for {0}
local -a known following
local path_so_far='' word
known=({1})
for word in "${{(@)words[2,CURRENT-1]}}"; do
    if (( ${{known[(Ie)${{path_so_far:+$path_so_far }}$word]}} )); then
        path_so_far=${{path_so_far:+$path_so_far }}$word
    fi
done
local state
case $path_so_far in
{2}esac
[[ $state == following ]] && _describe command following
)",
                       program, paths.substr(1), text);
}

}  // namespace

std::vector<std::string> completed_shells() {
    return {"bash", "fish", "zsh"};
}

std::string completion_script(std::string_view shell,
                              const std::string& program,
                              const std::vector<Command>& commands) {
    const std::vector<Place> places = places_of(commands);
    if (shell == "bash") return bash_script(program, places);
    if (shell == "fish") return fish_script(program, places);
    ensure(shell == "zsh");
    return zsh_script(program, places);
}

}  // namespace bellhop::daemon
