using System.CommandLine;
using System.Text.Json.Nodes;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs.Plugin;
using BroadcastCaptions.Terminal;

namespace BroadcastCaptions.Cli;

/// <summary>'captions plugin': the OBS audio filter.</summary>
internal static class PluginCommand
{
    private static readonly Option<bool> Json = CommonOptions.Json();

    /// <summary>The verb with its subcommands.</summary>
    public static Command Create() => new("plugin", """
        The plug-in for OBS Studio: captions that very source, after its filters, or exactly what an output track carries; and starts the
        captioner with OBS.

        Examples:
          captions plugin install     puts it where your OBS looks
          captions obs setup --yes    puts its filter on OBS's microphone, once OBS runs
          captions live --tap obs     captions what it taps (OBS does this by itself, if the filter is set so)
          captions plugin remove
        """)
    {
        Verb("install", "Puts it where your OBS looks; OBS loads it at its next start.", installer => installer.Install(), _ => true),
        Verb("status", "Says whether it is installed and loaded, and whether OBS must be restarted.", installer => installer.Status(), finding => finding.Health == Health.Ok),
        Verb("remove", "Takes it away without a trace.", installer => installer.Remove(), _ => true),
    };

    /// <summary>For the library that this program carries, and this program as the captioner to start.</summary>
    public static PluginInstaller Installer() => new(Path.Combine(AppContext.BaseDirectory, "obs-plugin", PluginInstaller.LibraryName), Captioner());

    private static Command Verb(string verb, string help, Func<PluginInstaller, IReadOnlyList<ComponentState>> run, Func<ComponentState, bool> isGood)
    {
        var command = new Command(verb, help) { Json };
        command.SetAction(result =>
        {
            var findings = run(Installer());
            if (result.GetValue(Json)) JsonOutput.Write(new JsonObject { ["findings"] = JsonOutput.List(findings, FindingsView.ToJson) });
            else FindingsView.Write(findings);
            return (int)(findings.All(isGood) ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static string[] Captioner()
    {
        var program = Environment.ProcessPath ?? "";
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return [program, .. isHost ? [Path.Combine(AppContext.BaseDirectory, "captions.dll")] : Array.Empty<string>(), "live", "--tap", "obs", "--until-input-ends"];
    }
}
