using BroadcastCaptions.Cli;

return await CommandRunner.RunAsync(Commands.Create(), args);
