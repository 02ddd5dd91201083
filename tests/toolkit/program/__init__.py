"""A program is read and run as Pulumi's CLI does, and its mistakes are told to the person who made them."""
