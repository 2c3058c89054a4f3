using System.CommandLine;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Configuration;
using BroadcastCaptions.Session;

namespace BroadcastCaptions.Cli;

/// <summary>'captions live' and 'captions demo': the whole pipeline, on real taps or on the bundled recording.</summary>
internal static class LiveCommand
{
    private static readonly Option<bool> UntilInputEnds = new("--until-input-ends") { Description = "End when standard input is closed: for the program that started us." };

    /// <summary>'captions live'.</summary>
    public static Command CreateLive()
    {
        var command = new Command("live", $"""
            Captions what is heard on the taps, in OBS when it runs.

            Without --tap it listens to the microphone that OBS itself uses, else to the system's default microphone.
            It goes on until you press q or Ctrl-C, or until every file tap has ended.

            Examples:
              captions live                                   your microphone, captions in OBS
              captions live --tap monitor:broadcast           what an output plays
              captions live --tap obs                         what the plug-in taps in OBS ('captions plugin install')
              captions live --tap ALICE={TapSpec.DevicePrefix}:yeti --tap BOB={TapSpec.DevicePrefix}:blue --out captions
              captions live --tap talk.mp4 --fast --no-obs --srt talk.srt
              captions live --json --no-obs | jq -r 'select(.type=="final").text'
            """);
        var settings = new SettingOptions()
            .AddList("--tap", "taps", $"What to listen to, as [LABEL=]SPEC; several times for several sources. SPEC: mic, {TapSpec.DevicePrefix}:NAME, monitor:NAME, obs (what the plug-in taps in OBS), or a file ('captions taps').", "TAP")
            .AddSwitch("--always", "obs:always", true, "Caption a microphone even while its OBS input is muted.");
        var fast = new Option<bool>("--fast") { Description = "Take file taps as fast as possible instead of at real speed." };
        command.Options.Add(fast);
        command.Options.Add(UntilInputEnds);
        return Complete(command, "live", settings, result => result.GetValue(fast), taps: null);
    }

    /// <summary>'captions demo'.</summary>
    public static Command CreateDemo() => Complete(new Command("demo", """
        The whole live pipeline on a bundled recording, at real speed. No microphone and no OBS needed; when OBS runs,
        it shows the captions too. The first run downloads the model (32 MB).

        Examples:
          captions demo
          captions demo --model moonshine-base
          captions demo --json
        """), "demo", new SettingOptions(), _ => false, taps: [$"demo=file:{DemoRecording.Path}"]);

    private static Command Complete(Command command, string title, SettingOptions own, Func<ParseResult, bool> fast, IReadOnlyList<string>? taps)
    {
        SettingOptions[] groups = [own, CommonOptions.Recognition(), CommonOptions.Sidecars(), CommonOptions.Obs()];
        foreach (var group in groups) group.AddTo(command);
        var (json, config) = (CommonOptions.Json(), CommonOptions.Config());
        command.Options.Add(json);
        command.Options.Add(config);
        command.SetAction(async (result, cancellation) =>
        {
            var options = OptionsLoader.Load(result.GetValue(config), groups.SelectMany(group => group.Read(result)));
            if (taps is not null) options.Taps = [.. taps];
            var request = new SessionRequest(title, options, result.GetValue(json), fast(result), command.Options.Contains(UntilInputEnds) && result.GetValue(UntilInputEnds));
            return (int)await LiveSession.RunAsync(request, cancellation);
        });
        return command;
    }
}
