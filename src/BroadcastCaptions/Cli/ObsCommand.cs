using System.CommandLine;
using System.Text.Json.Nodes;
using BroadcastCaptions.Configuration;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs;
using BroadcastCaptions.Options;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Cli;

/// <summary>'captions obs': makes the caption source, says how things stand.</summary>
internal static class ObsCommand
{
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> Config = CommonOptions.Config();
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Agree to every question: switch OBS's WebSocket server on, put the plug-in's filter on the microphone." };
    private static readonly SettingOptions Settings = CommonOptions.Obs();

    /// <summary>The verb with its subcommands.</summary>
    public static Command Create() => new("obs", """
        Connects BroadcastCaptions with OBS Studio.

        Examples:
          captions obs setup          makes the caption source, with an item in every scene
          captions obs setup --yes    also switches OBS's WebSocket server on (while OBS is closed), and puts the plug-in's filter on the microphone
          captions obs status --json
        """)
    {
        Verb("setup", "Makes and places the text source; offers to switch OBS's WebSocket server on while OBS is closed.", SetupAsync, Yes),
        Verb("status", "Says what is the case with OBS, and how to mend what is not.", (setup, _, _, cancellation) => setup.StatusAsync(cancellation)),
    };

    private static Command Verb(
        string verb, string help, Func<ObsSetup, CaptionsOptions, bool, CancellationToken, Task<ObsReport>> run, params Option[] more)
    {
        var command = new Command(verb, help) { Json, Config };
        Settings.AddTo(command);
        foreach (var option in more) command.Options.Add(option);
        command.SetAction(async (result, cancellation) =>
        {
            var options = OptionsLoader.Load(result.GetValue(Config), Settings.Read(result));
            var agreed = more.Contains(Yes) && result.GetValue(Yes);
            var report = await run(new ObsSetup(options.Obs, options.Display, TimeProvider.System), options, agreed, cancellation);
            if (result.GetValue(Json)) JsonOutput.Write(new JsonObject { ["canEnableServer"] = report.CanEnableServer, ["findings"] = JsonOutput.List(report.Findings, FindingsView.ToJson) });
            else FindingsView.Write(report.Findings);
            return (int)(report.IsGood ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static async Task<ObsReport> SetupAsync(ObsSetup setup, CaptionsOptions options, bool agreed, CancellationToken cancellation)
    {
        var report = await setup.SetupAsync(cancellation);
        if (report.IsGood && PluginCommand.Installer().IsLoaded && (agreed || Ask("Caption the microphone as OBS hears it, through the plug-in's filter?")))
            return report with { Findings = [.. report.Findings, await setup.AttachFilterAsync(cancellation)] };
        if (!report.CanEnableServer || !(agreed || Ask("OBS's WebSocket server is switched off. Switch it on?"))) return report;
        var enabled = ObsConfiguration.Find(options.Obs).EnableServer();
        return new ObsReport(
            [new ComponentState("obs", Health.Ok, $"OBS's WebSocket server is switched on (port {enabled.Endpoint.Port}, with a password).", "Start OBS, then run 'captions obs setup' again.")],
            CanEnableServer: false);
    }

    private static bool Ask(string question) => Screen.IsInteractive && !Console.IsInputRedirected
        && Screen.Console.Prompt(new ConfirmationPrompt(question));
}
