using System.CommandLine;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>One run of our engine in a process of its own, as bench/peers starts it.</summary>
internal static class EngineCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var jobs = new Argument<string>("jobs") { Description = "A list of jobs." };
        var model = new Option<string>("--model") { Description = "Model, already fetched.", DefaultValueFactory = _ => "moonshine-tiny" };
        var threads = new Option<int>("--threads") { Description = "Threads of one inference.", DefaultValueFactory = _ => 1 };
        var command = new Command("engine", "Recognises a list of jobs and prints what it took, as JSON.") { jobs, model, threads };
        command.Hidden = true;
        command.SetAction(async (result, _) => Console.WriteLine(
            OwnEngine.Run(await JobList.ReadAsync(result.GetValue(jobs)!), result.GetValue(model)!, result.GetValue(threads)).ToJson()));
        return command;
    }
}
