using System.CommandLine;
using BroadcastCaptions.Cli;

var root = new RootCommand("""
    BroadcastCaptions: live captions for OBS Studio, recognised on your own machine.

    Examples:
      captions demo            see it work, without microphone and OBS
      captions live            caption your microphone, in OBS when it runs
      captions doctor          check machine, model, tap and OBS, and say how to mend each
    """)
{
    LiveCommand.CreateDemo(),
    LiveCommand.CreateLive(),
    ModelsCommand.Create(),
    TapsCommand.Create(),
    ObsCommand.Create(),
    PluginCommand.Create(),
    DoctorCommand.Create(),
    BenchCommand.Create(),
    CompletionCommand.Create(),
};

return await CommandRunner.RunAsync(root, args);
