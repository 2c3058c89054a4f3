using System.CommandLine;

namespace BroadcastCaptions.Cli;

/// <summary>Everything that can be typed behind 'captions'.</summary>
internal static class Commands
{
    /// <summary>The command with its verbs.</summary>
    public static RootCommand Create() => new("""
        BroadcastCaptions: live captions for OBS Studio and captions of recordings, recognised on your own machine.

        Examples:
          captions demo                    see it work, without microphone and OBS
          captions live                    caption your microphone, in OBS when it runs
          captions transcribe talk.mp4     captions of a recording, beside it
          captions doctor                  check machine, model, tap and OBS, and say how to mend each
        """)
    {
        LiveCommand.CreateDemo(),
        LiveCommand.CreateLive(),
        TranscribeCommand.Create(),
        ModelsCommand.Create(),
        TapsCommand.Create(),
        ObsCommand.Create(),
        PluginCommand.Create(),
        DoctorCommand.Create(),
        BenchCommand.Create(),
        CompletionCommand.Create(),
    };
}
