using System.CommandLine;

namespace BroadcastCaptions.Cli;

/// <summary>'captions completion SHELL': a script that completes verbs, options and values.</summary>
internal static class CompletionCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "powershell");
        var command = new Command("completion", """
            Prints a script that completes captions' verbs and options in your shell.

            Examples:
              captions completion bash > ~/.local/share/bash-completion/completions/captions
              captions completion zsh > ~/.zfunc/_captions
              captions completion fish > ~/.config/fish/completions/captions.fish
              captions completion powershell >> $PROFILE
            """) { shell };
        command.SetAction(result => Console.Out.WriteLine(Script(result.GetValue(shell)!)));
        return command;
    }

    private static string Script(string shell) => shell switch
    {
        "bash" => """
            _captions() {
              local IFS=$'\n'
              COMPREPLY=($(captions "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null))
            }
            complete -o default -F _captions captions
            """,
        "zsh" => """
            #compdef captions
            _captions() {
              local -a found
              found=("${(@f)$(captions "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -- $found || _files
            }
            compdef _captions captions
            """,
        "fish" => """complete -c captions -a '(captions "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'""",
        _ => """
            Register-ArgumentCompleter -Native -CommandName captions -ScriptBlock {
              param($word, $ast, $position)
              captions "[suggest:$position]" "$ast" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };
}
