"""Two clusters: one as production has it, and one that nobody reaches from outside."""

from typing import Final

from pulumi import ResourceOptions

from components.cloud.cluster.autopilot import Autopilot, Channel
from components.cloud.cluster.control_plane import ControlPlane, Reach
from components.cloud.cluster.image_policy import ImagePolicy, ImagePolicyArgs
from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.watch.topic import Topic, TopicArgs
from tests.components.cloud.arguments import autopilot
from tests.components.cloud.recorded import LABELS, REGION

CLUSTER: Final = "Cluster cloud"


def program(project: Project) -> None:
    """Both clusters, with the keys, the topic and the policy that they need."""
    agents = {"secrets": Api.CONTAINER, "disks": Api.COMPUTE, "notices": Api.PUBSUB}
    keys = {use: Key(location=REGION, agent=project.agent(api)) for use, api in agents.items()}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    topic = Topic("notices", TopicArgs(project=project, regions=[REGION], key=ids["notices"]))
    images = [f"{REGION}-docker.pkg.dev/aurora-prod/images/**"]
    policy = ImagePolicy("images", ImagePolicyArgs(project=project, images=images))
    args = autopilot(
        project,
        secrets_key=ids["secrets"],
        disks_key=ids["disks"],
        notices=topic.id,
        image_policy=policy.id,
        labels=LABELS,
        security_group="gke-security-groups@aurora.example",
    )
    Autopilot("cloud", args, ResourceOptions(protect=True))
    inside = ControlPlane(reach=Reach.PRIVATE, ranges={})
    open_args = autopilot(
        project,
        control_plane=inside,
        channel=Channel.REGULAR,
        deletion_protection=False,
        node_account="inside-nodes",
        pods_range="p",
        services_range="s",
    )
    Autopilot("inside", open_args)
