using System.CommandLine;
using BroadcastCaptions.Configuration;
using BroadcastCaptions.Diagnosis;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Terminal;

namespace BroadcastCaptions.Cli;

/// <summary>'captions doctor': checks machine, model, taps and OBS, and says how to mend each.</summary>
internal static class DoctorCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var (json, config) = (CommonOptions.Json(), CommonOptions.Config());
        SettingOptions[] groups = [CommonOptions.Recognition(), CommonOptions.Obs()];
        var command = new Command("doctor", """
            Checks machine, model, taps and OBS, and says how to mend each. Changes nothing.

            Examples:
              captions doctor
              captions doctor --model moonshine-base
              captions doctor --json
            """) { json, config };
        foreach (var group in groups) group.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var options = OptionsLoader.Load(result.GetValue(config), groups.SelectMany(group => group.Read(result)));
            var findings = await LookAsync(options, cancellation);
            if (result.GetValue(json)) JsonOutput.Write(JsonOutput.List(findings, FindingsView.ToJson));
            else FindingsView.Write(findings);
            return (int)(findings.Exists(finding => finding.Health == Health.Failed) ? ExitCode.Failed : ExitCode.Done);
        });
        return command;
    }

    private static async Task<List<ComponentState>> LookAsync(CaptionsOptions options, CancellationToken cancellation)
    {
        var findings = new List<ComponentState>
        {
            MachineCheck.Look(),
            new("configuration", Health.Ok, File.Exists(OptionsLoader.DefaultPath) ? $"Read from {OptionsLoader.DefaultPath}." : $"All defaults; {OptionsLoader.DefaultPath} would change them."),
            new("log", Health.Ok, $"Written to {options.Log.Folder ?? Path.Combine(AppFolders.State, "logs")}."),
        };
        findings.Add(DeviceCheck.Look(options.Model));
        findings.AddRange(await ModelCheck.LookAllAsync(options.Model, cancellation));
        findings.Add(await TapCheck.LookAsync(cancellation));
        findings.Add(ProgramCheck.Ffmpeg());
        if (options.Obs.Enabled)
            findings.AddRange((await new ObsSetup(options.Obs, options.Display, TimeProvider.System).StatusAsync(cancellation)).Findings);
        return findings;
    }
}
