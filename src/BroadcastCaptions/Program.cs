using BroadcastCaptions.Cli;
using BroadcastCaptions.Terminal;

Console.SetError(new TolerantWriter(Console.Error));
return await CommandRunner.RunAsync(Commands.Create(), args);
