using BroadcastCaptions.Cli;
using BroadcastCaptions.Terminal;

StandardStreams.Complete();
using var utf8 = new Utf8Output();
Console.SetError(new TolerantWriter(Console.Error));
return await CommandRunner.RunAsync(Commands.Create(), args);
